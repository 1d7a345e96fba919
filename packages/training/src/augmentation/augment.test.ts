import { createImage, type RgbImage, randomStream, resample } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { type ColourFactors, randomResizedCrop, recolour } from "./augment.js";
import { randomBox } from "./random-box.js";

type RandomResizedCrop = Parameters<typeof randomResizedCrop>[1]["augmentation"];

const plain: RandomResizedCrop = {
  type: "randomResizedCrop",
  area: [0.25, 1],
  aspectRatio: [3 / 4, 4 / 3],
  flip: false,
  brightness: 0,
  contrast: 0,
  saturation: 0,
};

function crop(image: RgbImage, index: number, augmentation: RandomResizedCrop = plain) {
  const out = createImage(8, 8);
  const stream = randomStream(3, "augment", 1, index);
  return randomResizedCrop(image, { augmentation, filter: "triangle", stream, out });
}

describe("a random crop", () => {
  it("is a random part, resized", () => {
    const flower = drawFlower();
    const box = randomBox(flower, plain, randomStream(3, "augment", 1, 5));
    expect(crop(flower, 5)).toEqual(resample(flower, { box, width: 8, height: 8, filter: "triangle" }));
  });

  it("depends on nothing but the photo and the stream", () => {
    const flower = drawFlower();
    const strong = { ...plain, flip: true, brightness: 0.3, contrast: 0.3, saturation: 0.3 };
    expect(crop(flower, 1, strong)).toEqual(crop(flower, 1, strong));
    expect(crop(flower, 1, strong)).not.toEqual(crop(flower, 2, strong));
  });

  it("is mirrored half of the time, exactly", () => {
    const flower = drawFlower();
    let flips = 0;
    for (let index = 0; index < 200; index++) {
      const straight = crop(flower, index);
      const maybe = crop(flower, index, { ...plain, flip: true });
      if (maybe.data.every((value, at) => value === straight.data[at])) continue;
      flips++;
      expect(maybe.data).toEqual(mirrored(straight));
    }
    expect(flips).toBeGreaterThan(70);
    expect(flips).toBeLessThan(130);
  });
});

describe("recolour", () => {
  it.each([
    { brightness: 1, contrast: 1, saturation: 1 },
    { brightness: 1.3, contrast: 1, saturation: 1 },
    { brightness: 1, contrast: 0.7, saturation: 1 },
    { brightness: 1, contrast: 1, saturation: 0 },
    { brightness: 0.7, contrast: 1.3, saturation: 1.3 },
    { brightness: 1.3, contrast: 0.8, saturation: 0.7 },
  ])("is brightness, then contrast, then saturation, within a level: %o", (factors) => {
    const flower = drawFlower({ seed: 4 });
    const image = { ...flower, data: flower.data.slice() };
    recolour(image, factors);
    const wanted = inThreeSteps(flower, factors);
    image.data.forEach((value, at) => {
      if (Math.abs(value - wanted[at]!) > 1) expect(value, `byte ${at}`).toBe(wanted[at]);
    });
  });

  it("changes nothing with factors of 1", () => {
    const flower = drawFlower();
    const image = { ...flower, data: flower.data.slice() };
    recolour(image, { brightness: 1, contrast: 1, saturation: 1 });
    expect(image.data).toEqual(flower.data);
  });
});

/** One step after the other in floating point; levels are cut off at the end alone. */
function inThreeSteps({ data }: RgbImage, { brightness, contrast, saturation }: ColourFactors): number[] {
  const pixels: (readonly number[])[] = [];
  for (let at = 0; at < data.length; at += 3) pixels.push([data[at]!, data[at + 1]!, data[at + 2]!]);
  const grey = ([red, green, blue]: readonly number[]) => 0.299 * red! + 0.587 * green! + 0.114 * blue!;
  const towards = (factor: number, target: number) => (level: number) =>
    factor * level + (1 - factor) * target;

  const bright = pixels.map((pixel) => pixel.map((level) => level * brightness));
  const meanGrey = mean(bright.map(grey));
  const contrasted = bright.map((pixel) => pixel.map(towards(contrast, meanGrey)));
  const saturated = contrasted.map((pixel) => pixel.map(towards(saturation, grey(pixel))));
  return saturated.flat().map((level) => Math.min(255, Math.max(0, Math.round(level))));
}

function mirrored({ data, width, height }: RgbImage): Uint8Array {
  const mirror = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [(y * width + x) * 3, (y * width + (width - 1 - x)) * 3];
      mirror.set(data.subarray(from, from + 3), to);
    }
  }
  return mirror;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
