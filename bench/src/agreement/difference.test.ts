import { describe, expect, it } from "vitest";
import { difference } from "./difference.js";

describe("the difference of two tensors", () => {
  it("has the angle's cosine, and the distance relative to the second", () => {
    const { cosine, relative } = difference(Float32Array.of(3, 4), Float32Array.of(0, 2));
    expect(cosine).toBeCloseTo(0.8, 6);
    expect(relative).toBeCloseTo(Math.hypot(3, 2) / 2, 6);
  });

  it("is none between equal ones", () => {
    const values = Float32Array.of(1, -2, 3);
    const { cosine, relative } = difference(values, values);
    expect(cosine).toBeCloseTo(1, 12);
    expect(relative).toBe(0);
  });
});
