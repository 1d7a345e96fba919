import { expect, it } from "vitest";
import { firstNotFinite } from "./first-not-finite.js";

it.each([0, 1, 3, 4, 5, 9])("finds the first of %i values that is NaN or infinite", (length) => {
  expect(firstNotFinite(new Float32Array(length).fill(-3.4e38))).toBe(-1);
  for (let at = 0; at < length; at++) {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const values = new Float32Array(length).fill(1.5, 0, at + 1);
      values[at] = value;
      values[length - 1] = value;
      expect(firstNotFinite(values)).toBe(at);
    }
  }
});
