import { describe, expect, it } from "vitest";
import { patchesOf } from "./patches.js";

describe.each([
  [320, 240],
  [213, 320],
  [7, 5],
  [1, 1],
])("patches of a photo of %i × %i pixels", (width, height) => {
  const patches = patchesOf(width, height);

  it("are squares inside the photo", () => {
    for (const { x, y, side } of patches) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + side).toBeLessThanOrEqual(width);
      expect(y + side).toBeLessThanOrEqual(height);
    }
  });

  it("cover every pixel", () => {
    const covered = new Set<number>();
    for (const { x, y, side } of patches)
      for (let row = y; row < y + side; row++)
        for (let column = x; column < x + side; column++) covered.add(row * width + column);
    expect(covered.size).toBe(width * height);
  });
});

it("makes patches a quarter of the shorter side, half a side apart", () => {
  const patches = patchesOf(320, 240);
  expect(patches[0]).toEqual({ x: 0, y: 0, side: 60 });
  expect(new Set(patches.map(({ y }) => y))).toEqual(new Set([0, 30, 60, 90, 120, 150, 180]));
  expect(patches).toHaveLength(10 * 7);
});
