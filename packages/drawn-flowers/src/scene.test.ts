// Drawing is fast in the built package only: what is tested here is dist.
import { describe, expect, it } from "vitest";
import { drawFlowerPicture, drawnLabels, linearAccuracy, linearFeatures } from "./index.js";

const picture = (label: (typeof drawnLabels)[number], seed: number, index: number) =>
  drawFlowerPicture({ label, seed, index });

/** Mean of all values. */
const mean = (data: ArrayLike<number>) =>
  Array.from(data).reduce((sum, value) => sum + value, 0) / data.length;

describe("drawFlowerPicture", () => {
  it("draws the five kinds whose photos the flowers are, sorted", () => {
    expect(drawnLabels).toEqual(["daisy", "dandelion", "roses", "sunflowers", "tulips"]);
  });

  it.each(drawnLabels)("draws the same %s for the same seed and index, and another for another", (label) => {
    const bytes = (seed: number, index: number) => Buffer.from(picture(label, seed, index).data);
    const first = bytes(7, 3);
    expect(bytes(7, 3).equals(first)).toBe(true);
    expect(bytes(8, 3).equals(first)).toBe(false);
    expect(bytes(7, 4).equals(first)).toBe(false);
  });

  it("has pictures upright, across and square, none of them dark, white or plain", () => {
    const pictures = Array.from({ length: 15 }, (_, index) => picture(drawnLabels[index % 5]!, 1, index));
    const sizes = new Set(pictures.map(({ width, height }) => `${width}×${height}`));
    expect([...sizes].sort()).toEqual(["240×320", "272×272", "320×240"]);
    for (const { data, width, height } of pictures) {
      expect(data.length).toBe(width * height * 3);
      expect(mean(data)).toBeGreaterThan(15);
      expect(mean(data)).toBeLessThan(235);
      const middle = mean(data);
      expect(Math.sqrt(mean(Array.from(data, (value) => (value - middle) ** 2)))).toBeGreaterThan(8);
    }
  });

  it("is not told apart by a linear model on its pixels: that stays under 70%", () => {
    const samples = Array.from({ length: 250 }, (_, picture_) => {
      const label = picture_ % 5;
      const image = picture(drawnLabels[label]!, 0, Math.floor(picture_ / 5));
      return { label, features: linearFeatures(image) };
    });
    const fit = linearAccuracy(samples.slice(0, 200), samples.slice(200), 5);
    let step = fit.next();
    while (!step.done) step = fit.next();
    expect(step.value).toBeLessThan(0.7);
    // Better than chance: otherwise the yardstick itself would be broken.
    expect(step.value).toBeGreaterThan(0.2);
  });
});

describe("linearAccuracy", () => {
  it("learns what a linear model can learn: which half of a picture is bright", () => {
    const samples = Array.from({ length: 60 }, (_, index) => {
      const label = index % 2;
      const data = new Uint8Array(40 * 40 * 3);
      for (let at = 0; at < data.length; at++) {
        const right = Math.floor(at / 3) % 40 >= 20;
        data[at] = (right === (label === 1) ? 160 : 60) + ((at * 31 + index * 17) % 60);
      }
      return { label, features: linearFeatures({ data, width: 40, height: 40 }) };
    });
    const fit = linearAccuracy(samples.slice(0, 40), samples.slice(40), 2);
    let step = fit.next();
    while (!step.done) step = fit.next();
    expect(step.value).toBe(1);
  });
});
