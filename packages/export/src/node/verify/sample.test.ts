import { expect, it } from "vitest";
import { rowsOf, sample } from "./sample.js";

it("spreads a sample over all", () => {
  expect(sample(10, 4)).toEqual([0, 2, 5, 7]);
  expect(sample(3, 4)).toEqual([0, 1, 2]);
  expect(sample(2, Number.POSITIVE_INFINITY)).toEqual([0, 1]);
});

it("takes the rows of indices", () => {
  expect([...rowsOf(new Float32Array([1, 2, 3, 4, 5, 6]), [2, 0], 2)]).toEqual([5, 6, 1, 2]);
});
