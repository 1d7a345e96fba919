import type { RandomStream, ResampleFilter, RgbImage } from "@fleuron/model";
import type { Augmentation } from "./augmentation.js";
import { flipRows } from "./flip-rows.js";
import { randomBox } from "./random-box.js";
import { recolour } from "./recolour.js";
import { resampleCrop } from "./resample-crop.js";

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
  const cropped = resampleCrop(image, { box, filter }, out);
  if (augmentation.flip && stream.uniform() < 0.5) flipRows(cropped);
  const factor = (strength: number) => stream.uniformIn(1 - strength, 1 + strength);
  recolour(cropped, {
    brightness: factor(augmentation.brightness),
    contrast: factor(augmentation.contrast),
    saturation: factor(augmentation.saturation),
  });
  return cropped;
}
