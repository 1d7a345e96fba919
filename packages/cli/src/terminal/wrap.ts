import { textWidth } from "./text-width.js";

/** The lines of a text, broken between words so that none is wider than `width`; a longer word keeps a line. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A line that fits as it is; a wider one broken between words, the rest under its beginning. */
export function foldLine(line: string, width: number): readonly string[] {
  if (textWidth(line) <= width) return [line];
  const [indent] = /^ */.exec(line)!;
  return wrapWords(line.slice(indent.length), width - indent.length).map((part) => indent + part);
}

/** As {@link wrapWords}, but in pieces of `width` also where a word is longer. */
export const wrapCell = (text: string, width: number): readonly string[] =>
  wrapWords(text, width).flatMap((line) => (textWidth(line) <= width ? [line] : pieces(line, width)));

const ESCAPE = "\u001b";
const COLOUR = new RegExp(`^${ESCAPE}\\[[\\d;]*m`);

/** Colours stay whole. */
function pieces(word: string, width: number): readonly string[] {
  const lines = [""];
  const letters = new Intl.Segmenter();
  for (let rest = word; rest !== ""; ) {
    const [colour] = COLOUR.exec(rest) ?? [];
    const [first] = letters.segment(rest);
    const part = colour ?? first!.segment;
    const last = lines.length - 1;
    if (colour !== undefined || textWidth(lines[last] + part) <= width) lines[last] += part;
    else lines.push(part);
    rest = rest.slice(part.length);
  }
  return lines;
}
