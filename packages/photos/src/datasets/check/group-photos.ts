// Photos that are the same, or nearly.
import { setImmediate as breathe } from "node:timers/promises";
import { byCodeUnit, progress, throttle, type WorkEvent } from "@fleuron/model";
import { groupBy } from "../../scan/group-by.js";
import { type Look, looksLike } from "../../scan/look.js";
import type { PhotoGroup } from "./dataset-report.js";

export interface GroupablePhoto {
  readonly path: string;
  readonly label: number;
  /** "train", "val" or "test". */
  readonly side: string;
  readonly contentHash: string;
  readonly look: Look;
}

export const exactGroups = (photos: readonly GroupablePhoto[]): readonly PhotoGroup[] =>
  groupsOf([...groupBy(photos, ({ contentHash }) => contentHash).values()]);

/** Compares every photo with every other: ten million pairs take about a second. */
export async function* nearGroups(
  photos: readonly GroupablePhoto[],
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkEvent, readonly PhotoGroup[]> {
  const different = [...groupBy(photos, ({ contentHash }) => contentHash).values()].map(([first]) => first);
  // Each photo points to another one of its group; those that point to themselves are the groups' first.
  const like = different.map((_, index) => index);
  const firstOf = (index: number): number => (like[index] === index ? index : firstOf(like[index]!));
  const due = throttle(different.length);
  for (let index = 0; index < different.length; index++) {
    for (let other = 0; other < index; other++) {
      if (looksLike(different[index]!.look, different[other]!.look)) like[firstOf(index)] = firstOf(other);
    }
    if (!due(index + 1)) continue;
    yield progress("comparing photos", index + 1, different.length, "photos");
    await breathe();
    signal?.throwIfAborted();
  }
  const groups = groupBy([...different.keys()], firstOf);
  return groupsOf([...groups.values()].map((members) => members.map((index) => different[index]!)));
}

/** Groups of two or more, the worst first. */
const groupsOf = (lists: readonly (readonly GroupablePhoto[])[]): readonly PhotoGroup[] =>
  lists
    .filter(({ length }) => length > 1)
    .map(groupOf)
    .sort((one, other) => badness(other) - badness(one));

const badness = ({ acrossClasses, acrossSplit }: PhotoGroup) =>
  Number(acrossClasses) * 2 + Number(acrossSplit);

const groupOf = (photos: readonly GroupablePhoto[]): PhotoGroup => ({
  paths: photos.map(({ path }) => path).sort(byCodeUnit),
  acrossClasses: new Set(photos.map(({ label }) => label)).size > 1,
  acrossSplit: new Set(photos.map(({ side }) => side)).size > 1,
});
