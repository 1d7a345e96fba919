import { byCodeUnit, count, counted } from "@fleuron/model";
import type { PhotosWarning } from "../events.js";
import { groupBy } from "./group-by.js";
import { DANGLING_LINK, NO_ENDING } from "./list-photos.js";

/** Files of one kind that lie among photos and are not read. */
export interface LeftOut {
  /** An ending such as ".heic", "no ending", "dangling link", or a photo of no class. */
  readonly what: string;
  readonly count: number;
}

export const STRAY_PHOTO = "photo outside the class folders";
export const UNLABELLED_PHOTO = "photo without a label";

/** The most frequent kind first. */
export const countLeftOut = (files: Iterable<string>): readonly LeftOut[] =>
  [...groupBy(files, (what) => what)]
    .map(([what, { length }]) => ({ what, count: length }))
    .sort((one, other) => other.count - one.count || byCodeUnit(one.what, other.what));

export const leftOutWarning = (leftOut: readonly LeftOut[], place = ""): PhotosWarning => ({
  type: "warning",
  code: "files-left-out",
  message: `Left out: ${leftOutInWords(leftOut)}. JPEG, PNG and WebP files${place} are read.`,
});

/** How many kinds are named. */
const NAMED = 6;

/** "12 .heic, 3 without an ending, 1 dangling link". */
export function leftOutInWords(leftOut: readonly LeftOut[]): string {
  const rest = leftOut.slice(NAMED).reduce((sum, { count }) => sum + count, 0);
  return [...leftOut.slice(0, NAMED).map(inWords), ...(rest > 0 ? [`${count(rest)} others`] : [])].join(", ");
}

function inWords({ what, count: files }: LeftOut): string {
  if (what.startsWith("photo ")) return counted(files, what, what.replace("photo", "photos"));
  if (what === DANGLING_LINK) return counted(files, what);
  return `${count(files)} ${what === NO_ENDING ? "without an ending" : what}`;
}
