// The confusion matrix: rows are what the photos show, columns what they were named.

import { count } from "@fleuron/model";
import type { Evaluation } from "@fleuron/trainer";
import type { Canvas } from "../terminal/canvas.js";
import { type Column, table } from "../terminal/table.js";
import { textWidth } from "../terminal/text-width.js";

type Confusions = Pick<Evaluation, "labels" | "confusion">;

/** More classes than anybody reads a matrix of, however wide the output. */
const MOST_IN_MATRIX = 30;

/**
 * The matrix under the labels; under numbers where the labels do not fit; and where even those do not, or there are too
 * many, the commonest confusions alone.
 */
export function confusionLines(confusions: Confusions, canvas: Canvas): readonly string[] {
  const { labels } = confusions;
  if (labels.length > MOST_IN_MATRIX) return commonest(confusions, canvas);
  const numbers = labels.map((_, index) => String(index + 1));
  const numbered = labels.map((label, index) => `${numbers[index]} ${label}`);
  const candidates = [
    matrix(confusions, { rowNames: labels, headings: labels, canvas }),
    matrix(confusions, { rowNames: numbered, headings: numbers, canvas }),
  ];
  const widest = (lines: readonly string[]) => Math.max(...lines.map((line) => textWidth(line)));
  return candidates.find((lines) => widest(lines) <= canvas.width) ?? commonest(confusions, canvas);
}

interface MatrixNames {
  readonly rowNames: readonly string[];
  readonly headings: readonly string[];
  readonly canvas: Canvas;
}

function matrix({ confusion }: Confusions, { rowNames, headings, canvas }: MatrixNames) {
  const { bold, dim } = canvas.colours;
  const cell = (value: number, diagonal: boolean) => {
    if (diagonal) return bold(count(value));
    return value === 0 ? dim("·") : count(value);
  };
  const right = (heading: string): Column => ({ heading, align: "right" });
  return table({
    columns: [{ heading: "actual \\ predicted", align: "left" }, ...headings.map(right)],
    rows: confusion.map((row, actual) => [
      rowNames[actual]!,
      ...row.map((value, predicted) => cell(value, actual === predicted)),
    ]),
    heading: dim,
  });
}

const COMMONEST = 10;

function commonest({ labels, confusion }: Confusions, { colours, width }: Canvas): readonly string[] {
  const mistakes = confusion
    .flatMap((row, actual) => row.map((value, predicted) => ({ actual, predicted, value })))
    .filter(({ actual, predicted, value }) => actual !== predicted && value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, COMMONEST);
  return table({
    columns: [
      { heading: "actual", align: "left" },
      { heading: "predicted", align: "left" },
      { heading: "photos", align: "right" },
    ],
    rows: mistakes.map(({ actual, predicted, value }) => [labels[actual]!, labels[predicted]!, count(value)]),
    heading: colours.dim,
    width,
  });
}
