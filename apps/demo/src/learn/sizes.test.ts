import { expect, it } from "vitest";
import { memoryFor, optionsFor, sizes } from "./sizes.js";

it("sees few photos more often than many, and many ten times all the same", () => {
  expect(optionsFor(sizes.quick, 180).epochs).toBe(17);
  expect(optionsFor(sizes.quick, 20).epochs).toBe(150);
  expect(optionsFor(sizes.quick, 10_000).epochs).toBe(10);
});

it("says what memory a step takes at least: at full size some 58 million weights, thrice", () => {
  expect(memoryFor(sizes.full, 5)).toBeGreaterThan(3 * 4 * 58_000_000);
  expect(memoryFor(sizes.quick, 3)).toBeLessThan(0.02 * memoryFor(sizes.full, 3));
});
