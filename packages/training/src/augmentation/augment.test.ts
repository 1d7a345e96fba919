import { createImage, type RgbImage, randomStream, resample } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { randomResizedCrop } from "./augment.js";
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
