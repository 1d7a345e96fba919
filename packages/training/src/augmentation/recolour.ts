import type { RgbImage } from "@fleuron/model";
import { workspace } from "./kernel/workspace.js";

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
  const pixels = data.length / 3;
  const { kernel, bytes } = workspace(data.length);
  bytes.set(data);
  const meanGrey = kernel.sumOfGreys(0, pixels) / pixels;
  const constant = meanGrey * brightness * (1 - contrast) + 0.5;
  const ofLevel = brightness * contrast * saturation;
  const ofGrey = brightness * contrast * (1 - saturation);
  kernel.recolour(0, pixels, ofLevel, ofGrey, constant);
  data.set(bytes.subarray(0, data.length));
}
