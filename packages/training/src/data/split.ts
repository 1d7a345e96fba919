// Which photos validate: a rule that does not depend on who computes the hashes.

interface DividedPhoto {
  readonly label: number;
  /** SHA-256 of the decoded photo. */
  readonly contentHash: string;
}

/** The text whose SHA-256 gives a photo its place: the first 48 bits, as a number in [0, 1). */
export const splitPlaceKey = (contentHash: string, seed: number): string => `${seed} ${contentHash}`;

/**
 * The contents that validate: those whose place is below `share`. A class of two or more different photos has one on each
 * side: if it happens to lack one, the photo nearest to the threshold changes sides, with all its copies.
 */
export function validatingContents(
  photos: readonly DividedPhoto[],
  places: ReadonlyMap<string, number>,
  share: number,
): ReadonlySet<string> {
  const validating = new Set<string>();
  for (const [content, place] of places) if (place < share) validating.add(content);
  if (share === 0) return validating;

  for (const label of new Set(photos.map((photo) => photo.label))) {
    const ofClass = photos.filter((photo) => photo.label === label);
    const contents = [...new Set(ofClass.map((photo) => photo.contentHash))];
    if (contents.length < 2) continue;
    const sorted = contents.sort((one, other) => places.get(one)! - places.get(other)!);
    const count = contents.filter((content) => validating.has(content)).length;
    if (count === 0) validating.add(sorted[0]!);
    if (count === contents.length) validating.delete(sorted.at(-1)!);
  }
  return validating;
}
