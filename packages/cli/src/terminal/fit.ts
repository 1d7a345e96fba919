// What fits into a width: of several things, those that matter least are left out first.
import { textWidth } from "./text-width.js";

export interface Ranked {
  /** 0 always stays; the highest rank goes first. */
  readonly rank: number;
}

/** Leaves out rank after rank until what is left fits, or only rank 0 is left. */
export function leftOutToFit<Item extends Ranked>(
  items: readonly Item[],
  fits: (items: readonly Item[]) => boolean,
): readonly Item[] {
  const highest = Math.max(...items.map(({ rank }) => rank));
  if (highest === 0 || fits(items)) return items;
  return leftOutToFit(
    items.filter(({ rank }) => rank < highest),
    fits,
  );
}

export interface Part extends Ranked {
  readonly text: string;
}

const GAP = "  ";

/** Joins the parts to one line of at most `width` columns. */
export function fit(parts: readonly Part[], width: number): string {
  const line = (some: readonly Part[]) => some.map(({ text }) => text).join(GAP);
  return line(leftOutToFit(parts, (some) => textWidth(line(some)) <= width));
}
