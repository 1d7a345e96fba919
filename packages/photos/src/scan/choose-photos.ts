import { byCodeUnit } from "@fleuron/model";
import { photosError } from "../errors.js";
import { groupBy } from "./group-by.js";
import type { Part } from "./parts.js";

interface Candidate {
  readonly path: string;
  readonly label: number;
  readonly part: Part | undefined;
  /** Empty for a photo that cannot be opened. */
  readonly fileHash: string;
}

/**
 * At most `max` photos, equally many of each class as far as they go, and of each part in proportion to its
 * size. Within a class those with the smallest hash of the file, so names and order do not matter, and those that cannot be
 * opened last. In the given order.
 *
 * @throws FleuronError `max-photos-too-small`: fewer than two of each class, or one of each folder.
 */
export function choosePhotos<Photo extends Candidate>(photos: readonly Photo[], max: number): Photo[] {
  const classes = new Set(photos.map((photo) => photo.label)).size;
  const parts = [...groupBy(photos, (photo) => photo.part).values()];
  const folders = parts.flatMap((part) =>
    [...groupBy(part, (photo) => photo.label).values()].map((group) => ({ group, partSize: part.length })),
  );
  const least = Math.max(2 * classes, folders.length);
  if (!Number.isInteger(max) || max < least) {
    throw photosError("max-photos-too-small", `${max} photos are too few for ${classes} classes.`, {
      subject: "maxImages",
      hint: `Allow ${least} or more.`,
    });
  }
  // A photo's turn is its rank in its folder; ranks count less in a part that is larger.
  const turns = folders.flatMap(({ group, partSize }) =>
    group.sort(byFileHash).map((photo, rank) => ({ photo, turn: rank / partSize })),
  );
  turns.sort((one, other) => one.turn - other.turn || one.photo.label - other.photo.label);
  const chosen = new Set(turns.slice(0, max).map(({ photo }) => photo));
  return photos.filter((photo) => chosen.has(photo));
}

function byFileHash(one: Candidate, other: Candidate): number {
  const opens = ({ fileHash }: Candidate) => Number(fileHash !== "");
  return (
    opens(other) - opens(one) || byCodeUnit(one.fileHash, other.fileHash) || byCodeUnit(one.path, other.path)
  );
}
