import { randomStream } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { type AffineRange, affineRange } from "./affine-range.js";

/** Sum of squared errors of the values as bytes of a range. */
function errorOf(values: Float32Array, { min, scale }: AffineRange): number {
  return values.reduce((sum, value) => {
    const q = Math.min(Math.max(Math.round((value - min) / scale), 0), 255);
    return sum + (value - min - q * scale) ** 2;
  }, 0);
}

function normal(length: number): Float32Array {
  const values = new Float32Array(length);
  randomStream(3, "augment", 0, 0).fillNormal(values, 0.2, 1);
  return values;
}

const extremes = (values: Float32Array): AffineRange => {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  return { min, scale: (max - min) / 255 };
};

describe("affineRange", () => {
  it("keeps evenly spread values whole", () => {
    const values = Float32Array.from({ length: 5000 }, (_, index) => -1 + index / 1000);
    const { min, scale } = affineRange(values);
    expect(min).toBeCloseTo(-1, 6);
    expect(min + 255 * scale).toBeCloseTo(3.999, 3);
  });

  it("has less error than the extremes' range on normally distributed values", () => {
    const values = normal(100_000);
    expect(errorOf(values, affineRange(values))).toBeLessThan(0.9 * errorOf(values, extremes(values)));
  });

  it("is within 1% of the best of many ranges", () => {
    const values = normal(20_000);
    const chosen = affineRange(values);
    const { min, scale } = extremes(values);
    let best = Number.POSITIVE_INFINITY;
    for (let below = 0; below < 0.3; below += 0.02) {
      for (let above = 0; above < 0.3; above += 0.02) {
        const range = { min: min + below * 255 * scale, scale: scale * (1 - below - above) };
        best = Math.min(best, errorOf(values, range));
      }
    }
    expect(errorOf(values, chosen)).toBeLessThan(1.01 * best);
  });

  it("does not give up a weight far from all others that matters more than finer steps", () => {
    const values = Float32Array.from([...normal(1000), 40]);
    const { min, scale } = affineRange(values);
    expect(min + 255 * scale).toBeGreaterThan(39);
  });

  it("gives a tensor of one value that value", () => {
    expect(affineRange(new Float32Array(4).fill(-0.5))).toEqual({ min: -0.5, scale: 0 });
  });
});
