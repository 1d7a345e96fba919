import type { RgbImage } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { noiseImage } from "../fixtures/noise-image.js";
import { type ColourFactors, recolour } from "./recolour.js";

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

  it.each([1, 2, 3, 5, 6, 35, 227 * 227])("of %d pixels is the same affine map to the last byte", (count) => {
    const image = noiseImage(count, 1);
    const factors = { brightness: 1.29, contrast: 0.71, saturation: 1.3 };
    const wanted = recoloured(image.data, factors);
    recolour(image, factors);
    expect(image.data).toEqual(wanted);
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

/** The documented map in the same order of float64 arithmetic; a byte is what is below its level. */
function recoloured(data: RgbImage["data"], { brightness, contrast, saturation }: ColourFactors): Uint8Array {
  const pixels = Array.from({ length: data.length / 3 }, (_, pixel) =>
    data.subarray(3 * pixel, 3 * pixel + 3),
  );
  const grey = ([red, green, blue]: RgbImage["data"]) => 0.299 * red! + 0.587 * green! + 0.114 * blue!;
  const meanGrey = mean(pixels.map(grey));
  const constant = meanGrey * brightness * (1 - contrast) + 0.5;
  const ofLevel = brightness * contrast * saturation;
  const ofGrey = brightness * contrast * (1 - saturation);
  const levels = pixels.flatMap((pixel) =>
    Array.from(pixel, (level) => ofLevel * level + (ofGrey * grey(pixel) + constant)),
  );
  return Uint8Array.from(levels, (level) => Math.min(255, Math.max(0, level)));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
