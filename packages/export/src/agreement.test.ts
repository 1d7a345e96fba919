import { describe, expect, it } from "vitest";
import { accuracyOf, agreementOf } from "./agreement.js";

const expected = new Float32Array([0.5, 0.25, 0.25, 0.125, 0.125, 0.75]);

describe("agreementOf", () => {
  it("tells the largest and the mean difference, and how often the first label is the same", () => {
    const actual = new Float32Array([0.375, 0.375, 0.25, 0.125, 0.125, 0.75]);
    expect(agreementOf(actual, expected, 3)).toEqual({
      maxDifference: 0.125,
      meanDifference: 0.25 / 6,
      top1Agreement: 1,
    });
    const other = new Float32Array([0.25, 0.5, 0.25, 0.125, 0.125, 0.75]);
    expect(agreementOf(other, expected, 3).top1Agreement).toBe(0.5);
  });

  it("never takes what is no number for agreement", () => {
    const actual = new Float32Array([Number.NaN, 0.25, 0.25, 0.125, 0.125, 0.75]);
    const { maxDifference, meanDifference, top1Agreement } = agreementOf(actual, expected, 3);
    expect([maxDifference, meanDifference, top1Agreement]).toEqual([Number.NaN, Number.NaN, 0.5]);
  });
});

it("counts photos that are named as they are labelled", () => {
  expect(accuracyOf(expected, 3, [0, 2])).toBe(1);
  expect(accuracyOf(expected, 3, [1, 2])).toBe(0.5);
});
