import type { Prediction } from "@fleuron/trainer";
import stringWidth from "string-width";
import { bar } from "../terminal/bar.js";
import type { Canvas } from "../terminal/canvas.js";
import { percent } from "../terminal/numbers.js";
import { pad } from "../terminal/table.js";

const BAR_WIDTH = 30;
const PERCENT_WIDTH = 6;

/** A photo's name and its likeliest labels, each with its probability as a bar and in figures. */
export function predictionLines({ photo, predictions }: Prediction, { colours }: Canvas): readonly string[] {
  const labelWidth = Math.max(...predictions.map(({ label }) => stringWidth(label)));
  return [
    photo,
    ...predictions.map(({ label, probability }, index) => {
      const name = pad(label, labelWidth, "left");
      const share = pad(percent(probability), PERCENT_WIDTH, "right");
      return `  ${index === 0 ? colours.bold(name) : name}  ${bar(probability, BAR_WIDTH, colours)} ${share}`;
    }),
    "",
  ];
}
