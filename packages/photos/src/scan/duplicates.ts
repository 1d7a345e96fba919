/** Photos whose decoded content is the same, byte for byte. */
import { groupBy } from "./group-by.js";
import type { Part } from "./parts.js";

export interface DuplicateGroup {
  readonly contentHash: string;
  readonly paths: readonly string[];
  /** The same photo under two or more labels: one of them is wrong. */
  readonly acrossClasses: boolean;
  /** The same photo in, say, train/ and val/: the validation figures flatter. */
  readonly acrossParts: boolean;
}

interface Candidate {
  readonly path: string;
  readonly label: number;
  readonly part: Part | undefined;
  readonly contentHash: string;
}

/** Groups of two or more, in the order of their first photo. */
export function findDuplicates(photos: readonly Candidate[]): DuplicateGroup[] {
  return [...groupBy(photos, (photo) => photo.contentHash)]
    .filter(([, group]) => group.length > 1)
    .map(([contentHash, group]) => ({
      contentHash,
      paths: group.map((photo) => photo.path),
      acrossClasses: new Set(group.map((photo) => photo.label)).size > 1,
      acrossParts: new Set(group.map((photo) => photo.part)).size > 1,
    }));
}
