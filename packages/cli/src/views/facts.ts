// Names and values, one a line, the values in a column and wrapped to the width.

import type { Canvas } from "../terminal/canvas.js";
import { pad } from "../terminal/table.js";
import { textWidth } from "../terminal/text-width.js";
import { wrapWords } from "../terminal/wrap.js";

export type Fact = readonly [name: string, value: string];

const MIN_VALUE_WIDTH = 20;

export function factLines(facts: readonly Fact[], { colours, width }: Canvas): readonly string[] {
  const nameWidth = Math.max(...facts.map(([name]) => textWidth(name)));
  const valueWidth = Math.max(MIN_VALUE_WIDTH, width - nameWidth - 2);
  return facts.flatMap(([name, value]) =>
    wrapWords(value, valueWidth).map(
      (line, index) => `${colours.dim(pad(index === 0 ? name : "", nameWidth, "left"))}  ${line}`,
    ),
  );
}
