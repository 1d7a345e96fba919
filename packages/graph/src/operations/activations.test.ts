import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { gradients } from "../gradients.js";
import { interpret } from "../interpreter/interpret.js";
import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import * as activations from "./activations.js";
import { clip } from "./clip.js";
import { constant } from "./constant.js";
import { maximum, minimum } from "./extremes.js";
import { power } from "./power.js";
import { reduceMax } from "./reduce-max.js";
import { reduceSum } from "./sum-and-broadcast.js";

/** The values of a function of one axis, and the derivative of their sum. */
function at(apply: (x: Tensor) => Tensor, ...x: readonly number[]) {
  const builder = new GraphBuilder("function");
  const input = builder.variable("x", [x.length]);
  const y = apply(input);
  builder.output("y", y);
  const total = y.shape.length === 0 ? y : reduceSum(y, { axes: [0] });
  builder.output("slope", gradients(builder, total, [input])[0]!);
  const { outputs } = interpret(builder.build(), { x: referenceTensor([x.length], x) });
  return { y: [...outputs.get("y")!.data], slope: [...outputs.get("slope")!.data] };
}

describe("activations", () => {
  // At −2, −0.5, 0 and 3, from the formulas of ONNX's operators.
  it.each([
    ["leakyRelu", activations.leakyRelu, [-0.02, -0.005, 0, 3]],
    ["elu", activations.elu, [-0.864664717, -0.39346934, 0, 3]],
    ["selu", activations.selu, [-1.520166468, -0.691758252, 0, 3.152103066]],
    ["celu of 2", (x: Tensor) => activations.celu(x, 2), [-1.264241118, -0.442398434, 0, 3]],
    ["hardSigmoid", activations.hardSigmoid, [0.1, 0.4, 0.5, 1]],
    ["hardSwish", activations.hardSwish, [-0.333333333, -0.208333333, 0, 3]],
    ["softplus", activations.softplus, [0.126928011, 0.474076984, Math.LN2, 3.048587352]],
    ["mish", activations.mish, [-0.252501483, -0.220743775, 0, 2.986535005]],
    ["softsign", activations.softsign, [-0.666666667, -0.333333333, 0, 0.75]],
    ["thresholdedRelu", activations.thresholdedRelu, [0, 0, 0, 3]],
    ["gelu", activations.gelu, [-0.045500264, -0.15426877, 0, 2.995950306]],
    [
      "gelu by tanh",
      (x: Tensor) => activations.gelu(x, "tanh"),
      [-0.045402306, -0.154285988, 0, 2.996362607],
    ],
  ] as const)("%s", (_, apply, expected) => {
    const { y } = at((x) => apply(x), -2, -0.5, 0, 3);
    expected.forEach((value, index) => {
      expect(y[index]).toBeCloseTo(value, 6);
    });
  });

  it.each([
    ["elu", activations.elu, 1],
    ["selu", activations.selu, 1.0507010221],
    ["celu", activations.celu, 1],
    ["softplus", activations.softplus, 1],
    ["mish", activations.mish, 1],
  ] as const)("%s has a gradient where an exponential would overflow", (_, apply, expected) => {
    const { slope } = at((x) => apply(x), -1000, 1000);
    expect(slope[0]).toBeCloseTo(0, 9);
    expect(slope[1]).toBeCloseTo(expected, 9);
  });
});

describe("gradients at kinks", () => {
  it("are a half for softplus at 0", () => {
    expect(at(activations.softplus, 0).slope).toEqual([0.5]);
  });

  it("are 0 for clip at its bounds and beyond", () => {
    expect(at((x) => clip(x, 0, 6), -1, 0, 5, 6, 7)).toEqual({ y: [0, 0, 5, 6, 6], slope: [0, 0, 1, 0, 0] });
  });

  it("of clip are 0 where its bounds have changed places, and its value is the upper one", () => {
    expect(at((x) => clip(x, 2, 1), 0, 1.5, 3)).toEqual({ y: [1, 1, 1], slope: [0, 0, 0] });
  });

  it.each([
    ["maximum", maximum],
    ["minimum", minimum],
  ])("go to the first of two equal ones in %s", (_, apply) => {
    expect(at((x) => apply(x, constant(x.builder, 2)), 2).slope).toEqual([1]);
    expect(at((x) => apply(constant(x.builder, 2), x), 2).slope).toEqual([0]);
  });

  it("are shared by the largest of reduceMax", () => {
    expect(at((x) => reduceMax(x, { axes: [0] }), 4, 1, 4).slope).toEqual([0.5, 0, 0.5]);
  });

  it("of power are numbers where its base is 0", () => {
    expect(at((x) => power(x, constant(x.builder, 0)), 0).slope).toEqual([0]);
    expect(at((x) => power(x, constant(x.builder, 2)), 0, -3).slope).toEqual([0, -6]);
    expect(at((x) => power(constant(x.builder, 0), x), 2).slope).toEqual([0]);
  });
});
