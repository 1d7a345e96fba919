import { type Box, centralBox, wholeImage } from "./box.js";
import type { RgbImage } from "./image.js";
import { inputSides } from "./input-sides.js";
import { resample } from "./resample.js";
import type { PreprocessingSpecification } from "./specification.js";

type Resizing = Pick<PreprocessingSpecification, "size" | "resize">;

/**
 * A photo as large as it is in the network's input, [height, width, 3], still in levels and without padding. Where
 * something is cut off, the box that is needed is taken in one resampling, centred to fractions of a pixel.
 * @throws FleuronError `preprocessing-image`.
 */
export function resizePhoto(image: RgbImage, resizing: Resizing): RgbImage {
  const { filter } = resizing.resize;
  return resample(image, { box: boxOf(image, resizing), ...sizeOf(image, resizing), filter });
}

function boxOf(image: RgbImage, { size, resize }: Resizing): Box {
  const { height, width } = inputSides({ size });
  const { resizeTo } = { resizeTo: undefined, ...resize };
  if (resizeTo === undefined) return wholeImage(image);
  const shorter = Math.min(image.width, image.height);
  const [across, down] = resize.fit === "cover" ? [shorter, shorter] : [image.width, image.height];
  return centralBox(image, (width / resizeTo) * across, (height / resizeTo) * down);
}

/** Rounded, and at least one pixel, where the photo keeps its aspect ratio. */
function sizeOf(image: RgbImage, { size, resize }: Resizing): { width: number; height: number } {
  const { height, width } = inputSides({ size });
  if (resize.fit !== "pad") return { height, width };
  const scale = Math.min(width / image.width, height / image.height);
  const scaled = (side: number) => Math.max(Math.round(side * scale), 1);
  return { height: scaled(image.height), width: scaled(image.width) };
}
