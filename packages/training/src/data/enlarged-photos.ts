import type { WarningEvent } from "@fleuron/model";
import type { PixelSize } from "./pixel-storage.js";

/**
 * Says how many photos are made larger for an input of `size` pixels: a network that has learnt from sharp photos sees others
 * in those.
 * @param stored their sizes as they are kept to learn from.
 */
export function* enlargedPhotos(stored: readonly PixelSize[], size: number): Generator<WarningEvent> {
  const small = stored.filter(({ width, height }) => Math.min(width, height) < size).length;
  if (small === 0) return;
  const message = `${small} of ${stored.length} photos are smaller than the network's input of ${size} × ${size} pixels, and are enlarged.`;
  yield { type: "warning", code: "photos-small", message };
}
