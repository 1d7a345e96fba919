import { expect, it } from "vitest";
import { type Answer, rejectionOf, reliabilityOf } from "./reliability.js";

const answers: readonly Answer[] = [
  { confidence: 0.9, right: true },
  { confidence: 0.92, right: false },
  { confidence: 0.4, right: true },
  { confidence: 1, right: true },
];

it("is the mean distance between what a bin's photos say and how many are right", () => {
  const { count, error, bins } = reliabilityOf(answers);
  expect(count).toBe(4);
  // 0.9 and 0.92 share a bin (13/15 to 14/15) of which one is right; 0.4 = 6/15 is an edge, of the bin below.
  expect(error).toBeCloseTo((2 * Math.abs(0.91 - 0.5) + 0.6 + 0) / 4);
  expect(bins.flatMap((bin, index) => (bin.count > 0 ? [index] : []))).toEqual([5, 13, 14]);
  expect(bins[13]).toEqual({ count: 2, confidence: 0.91, accuracy: 0.5 });
});

it("has a confidence that was rounded above 1 in the last bin", () => {
  expect(reliabilityOf([{ confidence: 1.0000001, right: true }]).bins.at(-1)!.count).toBe(1);
});

it("has no error where there are no photos", () => {
  expect(reliabilityOf([])).toMatchObject({ count: 0, error: 0 });
  expect(rejectionOf([], 0.5)).toEqual({ below: 0.5, rejected: 0 });
});

it("of a threshold: how many are below it, and how many of the others are right", () => {
  expect(rejectionOf(answers, 0.9)).toEqual({ below: 0.9, rejected: 0.25, accuracy: 2 / 3 });
  expect(rejectionOf(answers.slice(0, 3), 0.95)).toEqual({ below: 0.95, rejected: 1 });
});
