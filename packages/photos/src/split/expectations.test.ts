import { expect, it } from "vitest";
import { type ExpectedRun, expectations } from "./expectations.js";

const photos = (...counts: readonly number[]) =>
  counts.flatMap((count, label) =>
    Array.from({ length: count }, (_, index) => ({ path: `${label}/${index}`, label, contentHash: "" })),
  );

const warned = (
  train: readonly number[],
  val: readonly number[],
  run: ExpectedRun = { fromScratch: true, balanced: false },
) => {
  const split = { labels: ["daisy", "rose"], train: photos(...train), val: photos(...val) };
  return [...expectations(split, run)].map(({ message }) => message);
};

it("says nothing of enough photos", () => {
  expect(warned([100, 100], [50, 50])).toEqual([]);
  expect(warned([300, 100], [50, 50])).toEqual([]);
});

it("says that few photos are few for a network from scratch, and for it alone", () => {
  const [message] = warned([20, 20], [50, 50]);
  expect(message).toMatch(/^20 training photos of a class, on average, are few /);
  expect(warned([20, 20], [50, 50], { fromScratch: false, balanced: false })).toEqual([]);
});

it("says how much an accuracy on few photos leaves open", () => {
  expect(warned([100, 100], [6, 6])).toEqual([
    "12 validation photos say little: an accuracy of 50% on them means 25% to 75%.",
  ]);
});

it("says which class is rare, and what makes up for it, unless that is done", () => {
  expect(warned([900, 120], [50, 50])).toEqual([
    "daisy has 900 training photos and rose 120, 7.5 times fewer: the network will name rose too rarely. " +
      "With `classWeights` balanced all classes count alike.",
  ]);
  expect(warned([900, 120], [50, 50], { fromScratch: true, balanced: true })).toEqual([]);
});
