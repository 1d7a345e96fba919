import { type RgbImage, resample } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import { expect, it } from "vitest";
import { lookOf, looksLike } from "./look.js";
import { shrink } from "./shrink.js";

const resized = (image: RgbImage, width: number, height: number) =>
  resample(image, { width, height, filter: "triangle" });

it("is the same of a photo in any size, and another of another photo", () => {
  const [flower, other] = [3, 4].map((seed) => drawFlower({ seed, width: 1203, height: 905 }));
  const look = lookOf(flower!);
  for (const width of [1001, 640, 288, 160]) {
    const form = resized(flower!, width, Math.round((width * 905) / 1203));
    expect(looksLike(lookOf(form), look), `${width} pixels wide`).toBe(true);
  }
  expect(looksLike(lookOf(other!), look)).toBe(false);
});

it("shrinks to means of squares, without what is left at the end", () => {
  const image = { width: 5, height: 3, data: Uint8Array.from({ length: 45 }, (_, at) => at) };
  expect(shrink(image, 2)).toEqual({ width: 2, height: 1, data: Uint8Array.of(9, 10, 11, 15, 16, 17) });
  expect(shrink(image, 1)).toBe(image);
});
