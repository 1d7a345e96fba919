import type { ProgressEvent } from "@fleuron/model";
import { ColourMeter, type PhotoColours } from "@fleuron/training";
import { type PhotoReference, PixelReader, type PixelSource } from "../cache/pixel-reader.js";

const PHOTOS_PER_EVENT = 50;

/** The colours of photos, over all pixels that the run will crop from. */
export async function* measureColours(
  photos: readonly PhotoReference[],
  pixels: PixelSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<ProgressEvent, PhotoColours> {
  const reader = new PixelReader(pixels);
  const meter = new ColourMeter();
  for (const [index, photo] of photos.entries()) {
    signal?.throwIfAborted();
    meter.add(await reader.read(photo));
    const completed = index + 1;
    if (completed % PHOTOS_PER_EVENT === 0 || completed === photos.length)
      yield {
        type: "progress",
        task: "measuring the photos' colours",
        completed,
        total: photos.length,
        unit: "photos",
      };
  }
  return meter.colours;
}
