// Short texts, each with what it means: beside it, or below it where that would be too narrow.
import { pad } from "./table.js";
import { textWidth } from "./text-width.js";
import { wrapWords } from "./wrap.js";

export type Pair = readonly [text: string, meaning: string];

const INDENT = "  ";
const GAP = "  ";
const MIN_MEANING_WIDTH = 30;

export function pairLines(pairs: readonly Pair[], width: number): readonly string[] {
  const widest = Math.max(...pairs.map(([text]) => textWidth(text)));
  const room = width - INDENT.length - widest - GAP.length;
  if (room < MIN_MEANING_WIDTH) {
    const deeper = INDENT.repeat(3);
    return pairs.flatMap(([text, meaning]) => [
      INDENT + text,
      ...wrapWords(meaning, width - deeper.length).map((line) => deeper + line),
    ]);
  }
  return pairs.flatMap(([text, meaning]) =>
    wrapWords(meaning, room).map(
      (line, index) => INDENT + pad(index === 0 ? text : "", widest, "left") + GAP + line,
    ),
  );
}
