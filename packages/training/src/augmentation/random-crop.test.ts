import {
  createImage,
  notebookPreprocessing,
  type RgbImage,
  randomStream,
  resample,
  type SquarePreprocessing,
} from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { cropBox } from "./crop-box.js";
import type { PhotoColours } from "./photo-colours.js";
import { colourShift, randomCrop } from "./random-crop.js";

const preprocessing: SquarePreprocessing = {
  ...notebookPreprocessing,
  size: 24,
  resize: { fit: "cover", filter: "triangle", resizeTo: 28 },
};
const augmentation = { type: "randomCrop", flip: false, colourNoise: 0 } as const;

const crop = (image: RgbImage, index: number, flip = false): RgbImage =>
  randomCrop(image, {
    augmentation: { ...augmentation, flip },
    preprocessing,
    stream: randomStream(3, "augment", 0, index),
    out: createImage(24, 24),
  });

/** All crops that a photo has, cut out of its resized central square. */
function allCrops(image: RgbImage): readonly string[] {
  const side = Math.min(image.width, image.height);
  const box = { left: (image.width - side) / 2, top: (image.height - side) / 2, width: side, height: side };
  const square = resample(image, { box, width: 28, height: 28, filter: "triangle" });
  const crops: string[] = [];
  for (let top = 0; top <= 4; top++) {
    for (let left = 0; left <= 4; left++) {
      const cut = createImage(24, 24);
      for (let row = 0; row < 24; row++) {
        const start = ((top + row) * 28 + left) * 3;
        cut.data.set(square.data.subarray(start, start + 24 * 3), row * 24 * 3);
      }
      crops.push(cut.data.join());
    }
  }
  return crops;
}

describe("randomCrop", () => {
  it.each([
    [40, 28],
    [28, 61],
    [56, 56],
    [90, 70],
  ])(
    "of a photo of %i×%i is one of the crops of its resized central square, each now and then",
    (width, height) => {
      const flower = drawFlower({ seed: 5, width, height });
      const crops = allCrops(flower);
      expect(new Set(crops).size).toBe(25);
      const seen = new Set<number>();
      for (let index = 0; index < 250; index++) seen.add(crops.indexOf(crop(flower, index).data.join()));
      expect(seen.has(-1)).toBe(false);
      expect(seen.size).toBe(25);
    },
  );

  it("is mirrored half of the time", () => {
    const flower = drawFlower({ seed: 5 });
    const straight = Array.from({ length: 200 }, (_, index) => crop(flower, index).data.join());
    const maybe = straight.filter((data, index) => crop(flower, index, true).data.join() === data);
    expect(maybe.length).toBeGreaterThan(70);
    expect(maybe.length).toBeLessThan(130);
  });

  it("stays within photos of any size", () => {
    for (let width = 1; width < 400; width += 7) {
      for (const height of [width, width + 1, width * 3]) {
        const box = cropBox({ data: new Uint8Array(0), width, height }, preprocessing, 4, 4);
        expect(Math.fround(box.left + box.width)).toBeLessThanOrEqual(width);
        expect(Math.fround(box.top + box.height)).toBeLessThanOrEqual(height);
      }
    }
  });
});

describe("colourShift", () => {
  const colours: PhotoColours = {
    mean: [0.5, 0.5, 0.5],
    components: [
      { variance: 0.2, direction: [0.6, 0, 0.8] },
      { variance: 0.05, direction: [0, 1, 0] },
      { variance: 0, direction: [-0.8, 0, 0.6] },
    ],
  };
  const shifts = (sigma: number) =>
    Array.from({ length: 4000 }, (_, index) =>
      colourShift(colours, sigma, randomStream(1, "augment", 0, index)),
    );
  const deviation = (values: readonly number[]) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

  it("is normal along each component, with σ times its variance", () => {
    const drawn = shifts(0.1);
    expect(deviation(drawn.map(([r, , b]) => 0.6 * r + 0.8 * b)) / 0.02).toBeCloseTo(1, 1);
    expect(deviation(drawn.map(([, g]) => g)) / 0.005).toBeCloseTo(1, 1);
    expect(deviation(drawn.map(([r, , b]) => -0.8 * r + 0.6 * b))).toBeCloseTo(0, 12);
  });

  it("is nothing without σ", () => {
    expect(shifts(0).every((shift) => shift.every((value) => Math.abs(value) === 0))).toBe(true);
  });
});
