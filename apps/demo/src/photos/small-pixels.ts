import { type Rgb, type RgbImage, resample } from "@fleuron/model";
import { decodePhoto } from "@fleuron/runtime-web/worker";
import type { Pixels } from "../heat-map/occlude.js";

/** Enough for any input of the network, and little to copy for each patch. */
const LONGER_SIDE = 320;

/** A photo as the classifier reads it, and small enough to be classified a hundred times. Takes seconds of a large one. */
export async function smallPixels(photo: Blob, background: Rgb): Promise<Pixels> {
  const whole = await decodePhoto(photo, {
    background,
    signal: new AbortController().signal,
    stallTimeout: Number.POSITIVE_INFINITY,
    onRandomisedCanvas: () => undefined,
  });
  const scale = Math.min(1, LONGER_SIDE / Math.max(whole.width, whole.height));
  const width = Math.max(1, Math.round(whole.width * scale));
  const height = Math.max(1, Math.round(whole.height * scale));
  return opaque(resample(whole, { width, height, filter: "triangle" }));
}

function opaque({ data: rgb, width, height }: RgbImage): Pixels {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    data[to] = rgb[from]!;
    data[to + 1] = rgb[from + 1]!;
    data[to + 2] = rgb[from + 2]!;
  }
  return { data, width, height };
}
