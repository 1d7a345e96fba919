import type { RandomStream, RgbImage, SquarePreprocessing } from "@fleuron/model";
import type { Augmentation } from "./augmentation.js";
import { cropBox, roomOf } from "./crop-box.js";
import { flipRows } from "./flip-rows.js";
import type { PhotoColours, Rgb } from "./photo-colours.js";
import { resampleCrop } from "./resample-crop.js";

type RandomCrop = Extract<Augmentation, { type: "randomCrop" }>;

/** A crop at a random place, in whole pixels of the resized photo, mirrored as `stream` says. Writes to `out`. */
export function randomCrop(
  image: RgbImage,
  {
    augmentation,
    preprocessing,
    stream,
    out,
  }: {
    augmentation: RandomCrop;
    preprocessing: SquarePreprocessing;
    stream: RandomStream;
    out: RgbImage;
  },
): RgbImage {
  const places = roomOf(preprocessing) + 1;
  const [left, top] = [stream.integer(places), stream.integer(places)];
  const box = cropBox(image, preprocessing, left, top);
  const { filter } = preprocessing.resize;
  const cropped = resampleCrop(image, { box, filter }, out);
  if (augmentation.flip && stream.uniform() < 0.5) flipRows(cropped);
  return cropped;
}

/**
 * What is added to every pixel of a photo, in levels ÷ 255: Σ αᵢ λᵢ pᵢ over the principal components, αᵢ from
 * N(0, σ) (Krizhevsky et al. 2012, section 4.1). Their "proportional to the eigenvalues" leaves the unit open;
 * as variances of levels ÷ 255 they shift colours by a few levels.
 */
export function colourShift({ components }: PhotoColours, sigma: number, stream: RandomStream): Rgb {
  const shift: [number, number, number] = [0, 0, 0];
  for (const { variance, direction } of components) {
    const amount = sigma * stream.normal() * variance;
    for (let channel = 0; channel < 3; channel++) shift[channel]! += amount * direction[channel]!;
  }
  return shift;
}
