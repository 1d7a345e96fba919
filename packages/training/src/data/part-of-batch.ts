import type { ImageBatch } from "../engine/engine.js";
import type { Share } from "./batch-settings.js";

export type BatchPart = NonNullable<ImageBatch["place"]>;

/** The photos of a batch that fall to a share: parts of consecutive photos, which differ by one photo at most. */
export function partOfBatch(size: number, { rank, count }: Share = { rank: 0, count: 1 }): BatchPart {
  const bound = (part: number) => Math.floor((size * part) / count);
  return { begin: bound(rank), end: bound(rank + 1), of: size };
}

/**
 * The photos that a share is to compute: its part, or where that is empty, one photo that counts for nothing. A step of no photos is
 * none, and batch normalisation would divide by their number.
 */
export const computedPart = ({ begin, end }: BatchPart) => ({ begin, end: Math.max(begin + 1, end) });
