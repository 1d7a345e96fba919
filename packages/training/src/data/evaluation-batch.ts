import { normalise, type RgbImage } from "@fleuron/model";
import { viewIn, viewsOf } from "../augmentation/views.js";
import type { ImageBatch } from "../engine/engine.js";
import type { BatchSettings } from "./batch-settings.js";

/**
 * Photos `begin` to `end` as they are evaluated; the views of a photo follow each other.
 * @param read gives a photo's crops, as `cropsOf` makes them for these settings.
 */
export async function evaluationBatch(
  {
    preprocessing,
    testTimeAugmentation = "none",
  }: Pick<BatchSettings, "preprocessing" | "testTimeAugmentation">,
  read: (index: number) => Promise<RgbImage>,
  begin: number,
  end: number,
): Promise<ImageBatch> {
  const views = viewsOf(testTimeAugmentation);
  const length = 3 * preprocessing.size ** 2;
  const size = (end - begin) * views.length;
  const images = new Float32Array(size * length);
  let offset = 0;
  for (let photo = begin; photo < end; photo++) {
    const crops = await read(photo);
    for (const view of views) {
      normalise(viewIn(crops, view), preprocessing, images, offset);
      offset += length;
    }
  }
  return { size, images };
}
