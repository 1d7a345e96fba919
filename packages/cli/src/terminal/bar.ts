import type { Colours } from "./colours.js";

const FULL = "━";
const HALF = "╸";
const EMPTY = "─";

/** A bar of `width` characters, filled to `share` (0 to 1) in halves of a character. */
export function bar(share: number, width: number, { accent, dim }: Colours): string {
  const halves = Math.round(Math.min(1, Math.max(0, share)) * width * 2);
  const filled = FULL.repeat(Math.floor(halves / 2)) + HALF.repeat(halves % 2);
  return accent(filled) + dim(EMPTY.repeat(width - filled.length));
}
