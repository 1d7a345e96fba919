import { type Box, createImage, type RgbImage, randomStream } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { randomBox } from "./random-box.js";

/** The parts that are taken of an image in many tries. */
const boxesOf = (image: RgbImage, tries: number): readonly Box[] =>
  Array.from({ length: tries }, (_, index) =>
    randomBox(image, { area: [0.25, 1], aspectRatio: [3 / 4, 4 / 3] }, randomStream(3, "augment", 1, index)),
  );

describe("a random part", () => {
  it.each([
    [120, 90],
    [33, 97],
    [400, 12],
    [2, 300],
    [1, 1],
  ])("of %i×%i lies within the photo", (width, height) => {
    for (const box of boxesOf(createImage(width, height), 300)) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.top).toBeGreaterThanOrEqual(0);
      expect(box.width).toBeGreaterThan(0);
      expect(box.height).toBeGreaterThan(0);
      expect(Math.fround(box.left + box.width)).toBeLessThanOrEqual(width);
      expect(Math.fround(box.top + box.height)).toBeLessThanOrEqual(height);
    }
  });

  it("has an area and an aspect ratio in their ranges, and all of both", () => {
    const boxes = boxesOf(createImage(100, 100), 2000);
    const areas = boxes.map(({ width, height }) => (width * height) / 1e4);
    const ratios = boxes.map(({ width, height }) => Math.log(width / height));
    for (const area of areas) expect(area).toBeGreaterThan(0.2499);
    for (const ratio of ratios) expect(Math.abs(ratio)).toBeLessThan(Math.log(4 / 3) + 1e-9);
    expect(Math.min(...areas)).toBeLessThan(0.26);
    expect(Math.max(...areas)).toBeGreaterThan(0.95);
    // Uniform in [0.25, 1] has the mean 0.625; large and oblong parts do not fit and are drawn again.
    expect(mean(areas)).toBeGreaterThan(0.5);
    expect(mean(areas)).toBeLessThan(0.63);
    expect(Math.abs(mean(ratios))).toBeLessThan(0.02);
    expect(mean(ratios.map((ratio) => ratio ** 2))).toBeCloseTo(Math.log(4 / 3) ** 2 / 3, 2);
  });

  it("has its centre in the middle on average", () => {
    const boxes = boxesOf(createImage(100, 60), 2000);
    expect(mean(boxes.map(({ left, width }) => left + width / 2))).toBeCloseTo(50, -0.5);
    expect(mean(boxes.map(({ top, height }) => top + height / 2))).toBeCloseTo(30, -0.5);
  });
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
