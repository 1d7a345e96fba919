// One line that fits: the parts that matter least are left out first.
import stringWidth from "string-width";

export interface Part {
  readonly text: string;
  /** 0 always stays; the highest rank goes first. */
  readonly rank: number;
}

const GAP = "  ";

/** Joins the parts, dropping by rank until the line has at most `width` columns or only rank 0 is left. */
export function fit(parts: readonly Part[], width: number): string {
  const line = parts.map(({ text }) => text).join(GAP);
  const highest = Math.max(...parts.map(({ rank }) => rank));
  if (highest === 0 || stringWidth(line) <= width) return line;
  return fit(
    parts.filter(({ rank }) => rank < highest),
    width,
  );
}
