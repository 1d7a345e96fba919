import { preprocessingError } from "./errors.js";
import type { RgbImage } from "./image.js";

/** A region in source pixels, with fractions; the image is { left: 0, top: 0, width, height }. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** From `begin` to `end` along one axis, in float32 as Pillow has its boxes. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

export function wholeImage(image: RgbImage): Box {
  return { left: 0, top: 0, width: image.width, height: image.height };
}

/** The central square whose side is `share` (above 0, at most 1) of the image's shorter side. */
export function centralSquare(image: RgbImage, share: number): Box {
  const side = share * Math.min(image.width, image.height);
  return centralBox(image, side, side);
}

export function centralBox(image: RgbImage, width: number, height: number): Box {
  return { left: (image.width - width) / 2, top: (image.height - height) / 2, width, height };
}

/** @throws FleuronError `preprocessing-box` when the box is empty or leaves the image. */
export function boxSpans(box: Box, image: RgbImage): { horizontal: Span; vertical: Span } {
  const horizontal = { begin: Math.fround(box.left), end: Math.fround(box.left + box.width) };
  const vertical = { begin: Math.fround(box.top), end: Math.fround(box.top + box.height) };
  if (!isWithin(horizontal, image.width) || !isWithin(vertical, image.height)) {
    const { left, top, width, height } = box;
    throw preprocessingError(
      "preprocessing-box",
      `The box of ${width}×${height} at ${left}, ${top} is not within the image of ${image.width}×${image.height}.`,
    );
  }
  return { horizontal, vertical };
}

function isWithin({ begin, end }: Span, length: number): boolean {
  return begin >= 0 && begin < end && end <= length;
}
