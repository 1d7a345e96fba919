import { tinyNetwork } from "@fleuron/testing";
import { expect, it } from "vitest";
import { checkWeights } from "./check-weights.js";
import { madeUpModel } from "./fixtures/made-up-model.js";

const { network, weights } = madeUpModel(tinyNetwork());
const changed = (name: string, values: Float32Array) => new Map([...weights, [name, values]]);
const holding = (name: string, index: number, value: number) => {
  const values = weights.get(name)!.slice();
  values[index] = value;
  return changed(name, values);
};

it("takes weights that are whole", () => {
  expect(() => checkWeights(network, weights)).not.toThrow();
});

it.each([
  ["is missing", new Map([...weights].filter(([name]) => name !== "conv2/bias")), "conv2/bias"],
  ["has 7 numbers instead of 8 ([8])", changed("conv1/bias", new Float32Array(7)), "conv1/bias"],
  ["holds NaN at index 3", holding("batchNorm2/gamma", 3, Number.NaN), "batchNorm2/gamma"],
  ["holds Infinity at index 0", holding("dense2/kernel", 0, Number.POSITIVE_INFINITY), "dense2/kernel"],
  ["holds -Infinity at index 63", holding("dense2/kernel", 63, Number.NEGATIVE_INFINITY), "dense2/kernel"],
])("names a parameter that %s", (problem, given, subject) => {
  expect(() => checkWeights(network, given)).toThrow(
    expect.objectContaining({
      code: "weights-invalid",
      subject,
      message: expect.stringContaining(problem),
      hint: expect.stringContaining("take another checkpoint, run or file"),
    }),
  );
});
