// What the compiler knows of an operation: how many tensors it takes and gives, and of how many axes. Each mistake must be
// an error of the compiler's, or `pnpm typecheck` fails here.
import { expect, it } from "vitest";
import type { Lowering as OnnxLowering } from "./onnx/lowering.js";
import { defineOperation, floats, type NoAttributes } from "./operation.js";
import { operations } from "./operations/index.js";
import { float32 } from "./shapes.js";
import type { Lowering as TensorflowLowering } from "./tensorflow/lowering.js";
import { asItLies } from "./tensorflow/value.js";

const lowerings = [
  (({ inputs: [x, kernel], outputs: [{ shape }], attributes, emit }) => {
    const axes: 4 = shape.length;
    return [emit.node("Conv", [x.name, kernel.name], { group: { int: attributes.groups * axes } })];
  }) satisfies OnnxLowering<"conv2d">,
  // @ts-expect-error: conv2d takes no third tensor
  (({ inputs: [, , bias] }) => [bias?.name ?? ""]) satisfies OnnxLowering<"conv2d">,
  // @ts-expect-error: conv2d has no such attribute
  (({ attributes: { epsilon } }) => [epsilon]) satisfies OnnxLowering<"conv2d">,
  // @ts-expect-error: batchNorm gives five tensors
  (({ inputs: [x] }) => [x.name]) satisfies OnnxLowering<"batchNorm">,
  // @ts-expect-error: no operation is named so
  (() => []) satisfies OnnxLowering<"conv3d">,
  // @ts-expect-error: matMul takes no third tensor
  (({ inputs: [, , c] }) => [asItLies(c!)]) satisfies TensorflowLowering<"matMul">,
  // @ts-expect-error: maxPoolGradient gives one tensor
  (() => []) satisfies TensorflowLowering<"maxPoolGradient">,
];

const mistaken = [
  defineOperation<NoAttributes, [4], [4]>({
    ...operations.relu,
    // @ts-expect-error: fewer axes would be let through than the rules count on
    inputs: [floats()],
    infer: ([{ shape }]) => [float32(shape)],
    gradient: ({ inputs: [x] }) => [x],
    evaluate: ([x]) => [x],
  }),
  defineOperation<NoAttributes, [2], [1]>({
    ...operations.argMax,
    // @ts-expect-error: it says that it gives one axis
    infer: ([{ shape }]) => [float32(shape)],
    // @ts-expect-error: one derivative for each input
    gradient: () => [],
    evaluate: operations.argMax.evaluate,
  }),
];

it("is what is tried above", () => {
  expect([...lowerings, ...mistaken]).toHaveLength(9);
});
