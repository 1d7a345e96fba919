import { type RandomStream, type ResampleFilter, type RgbImage, resample } from "@fleuron/model";
import type { Augmentation } from "./augmentation.js";
import { flipRows } from "./flip-rows.js";
import { randomBox } from "./random-box.js";

type RandomResizedCrop = Extract<Augmentation, { type: "randomResizedCrop" }>;

/** A random part of `image`, `size`×`size`, flipped and recoloured as `stream` says. Writes to `out`. */
export function randomResizedCrop(
  image: RgbImage,
  {
    augmentation,
    filter,
    stream,
    out,
  }: {
    augmentation: RandomResizedCrop;
    filter: ResampleFilter;
    stream: RandomStream;
    out: RgbImage;
  },
): RgbImage {
  const box = randomBox(image, augmentation, stream);
  const cropped = resample(image, { box, width: out.width, height: out.height, filter }, out);
  if (augmentation.flip && stream.uniform() < 0.5) flipRows(cropped);
  const factor = (strength: number) => stream.uniformIn(1 - strength, 1 + strength);
  recolour(cropped, {
    brightness: factor(augmentation.brightness),
    contrast: factor(augmentation.contrast),
    saturation: factor(augmentation.saturation),
  });
  return cropped;
}

export interface ColourFactors {
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
}

/**
 * Brightness, contrast around the mean grey, and saturation around each pixel's grey, as one affine map of a
 * pixel and its grey (Rec. 601 luma): level × b·c·s + grey × b·c·(1 − s) + meanGrey × b·(1 − c).
 */
export function recolour({ data }: RgbImage, { brightness, contrast, saturation }: ColourFactors): void {
  const [red, green, blue] = [0.299, 0.587, 0.114];
  let sum = 0;
  for (let index = 0; index < data.length; index += 3) {
    sum += red * data[index]! + green * data[index + 1]! + blue * data[index + 2]!;
  }
  const constant = (sum / (data.length / 3)) * brightness * (1 - contrast) + 0.5;
  const ofLevel = brightness * contrast * saturation;
  const ofGrey = brightness * contrast * (1 - saturation);
  for (let index = 0; index < data.length; index += 3) {
    const grey = red * data[index]! + green * data[index + 1]! + blue * data[index + 2]!;
    const shared = ofGrey * grey + constant;
    for (let channel = index; channel < index + 3; channel++) {
      const level = ofLevel * data[channel]! + shared;
      data[channel] = Math.min(255, Math.max(0, level));
    }
  }
}
