import { expect, it } from "vitest";
import { memoryFor, optionsFor, sizes } from "./sizes.js";

it("sees few photos more often than many, many classes more often than few, and all photos ten times", () => {
  const epochs = (photos: number, classes: number) => optionsFor(sizes.quick, { photos, classes }).epochs;
  expect(epochs(180, 3)).toBe(34);
  expect(epochs(180, 6)).toBe(67);
  expect(epochs(90, 3)).toBe(67);
  expect(epochs(10_000, 3)).toBe(10);
});

it("says what memory a step takes at least: at full size some 58 million weights, thrice", () => {
  expect(memoryFor(sizes.full, 5)).toBeGreaterThan(3 * 4 * 58_000_000);
  expect(memoryFor(sizes.quick, 3)).toBeLessThan(0.02 * memoryFor(sizes.full, 3));
});
