import { expect, it } from "vitest";
import { GraphBuilder } from "./builder.js";
import { bindDimensions } from "./dimensions.js";
import { gradients } from "./gradients.js";
import { multiplicationsOf } from "./multiplications.js";
import type { Tensor } from "./operation.js";
import { batchMatMul } from "./operations/batch-mat-mul.js";
import { conv2d } from "./operations/conv2d.js";
import { matMul } from "./operations/mat-mul.js";
import { reduceSum } from "./operations/sum-and-broadcast.js";

const convolution = { strides: [2, 2], pads: [1, 1, 1, 1], dilations: [1, 1], groups: 2 } as const;
type Case = readonly [
  string,
  readonly [readonly number[], readonly number[]],
  (a: Tensor, b: Tensor) => Tensor,
  number,
];

it.each<Case>([
  // 8 outputs of 4 × 5, each of 2 channels of 3 × 3.
  [
    "conv2d",
    [
      [3, 4, 8, 10],
      [8, 2, 3, 3],
    ],
    (x, kernel) => conv2d(x, kernel, convolution),
    3 * 8 * 4 * 5 * 2 * 9,
  ],
  [
    "matMul",
    [
      [5, 7],
      [11, 7],
    ],
    (a, b) => matMul(a, b, { transposeB: true }),
    5 * 7 * 11,
  ],
  [
    "batchMatMul",
    [
      [2, 3, 5, 7],
      [1, 3, 7, 11],
    ],
    batchMatMul,
    2 * 3 * 5 * 7 * 11,
  ],
])("%s: as many again for the gradient of each input", (_, [first, second], apply, expected) => {
  const builder = new GraphBuilder("multiplications");
  const [a, b] = [builder.variable("a", first), builder.variable("b", second)];
  const y = apply(a, b);
  builder.output("y", y);
  expect(multiplicationsOf(bindDimensions(builder.build(), {}))).toBe(expected);
  const loss = reduceSum(y, { axes: y.shape.map((_, axis) => axis) });
  for (const [index, gradient] of gradients(builder, loss, [a, b]).entries())
    builder.output(`gradient${index}`, gradient);
  expect(multiplicationsOf(bindDimensions(builder.build(), {}))).toBeCloseTo(3 * expected, 6);
});
