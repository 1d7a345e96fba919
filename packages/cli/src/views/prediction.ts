import { percent } from "@fleuron/model";
import type { Prediction } from "@fleuron/trainer";
import { bar } from "../terminal/bar.js";
import type { Canvas } from "../terminal/canvas.js";
import { pad } from "../terminal/table.js";
import { textWidth } from "../terminal/text-width.js";
import { wrapCell } from "../terminal/wrap.js";

const BAR_WIDTH = 30;
/** A bar says nothing in less. */
const NARROWEST_BAR = 5;
const PERCENT_WIDTH = 6;
const INDENT = "  ";
const GAP = "  ";

/** A photo's name and its likeliest labels, each with its probability as a bar, where there is room, and in figures. */
export function predictionLines(
  { photo, predictions, rejected }: Prediction,
  { colours, width }: Canvas,
): readonly string[] {
  const room = width - INDENT.length - GAP.length - PERCENT_WIDTH;
  const labelWidth = Math.min(room, Math.max(...predictions.map(({ label }) => textWidth(label))));
  const barWidth = Math.min(BAR_WIDTH, room - labelWidth - 1);
  return [
    photo,
    ...(rejected ? [`${INDENT}${colours.bold("none of these")}${colours.dim("; the nearest:")}`] : []),
    ...predictions.flatMap(({ label, probability }, index) => {
      const [first = "", ...rest] = wrapCell(label, labelWidth).map((part) => pad(part, labelWidth, "left"));
      const style = index === 0 && !rejected ? colours.bold : (text: string) => text;
      const drawn = barWidth < NARROWEST_BAR ? "" : `${bar(probability, barWidth, colours)} `;
      const share = drawn + pad(percent(probability), PERCENT_WIDTH, "right");
      return [
        `${INDENT}${style(first)}${GAP}${share}`,
        ...rest.map((part) => `${INDENT}${style(part.trimEnd())}`),
      ];
    }),
    "",
  ];
}
