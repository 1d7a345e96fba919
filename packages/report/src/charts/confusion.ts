// The confusion matrix: rows are what the photos show, columns what they were named.
import { count } from "@fleuron/model";
import { axisX, axisY, cell, text } from "@observablehq/plot";
import type { Html } from "../html.js";
import { middleClipped } from "../words.js";
import { chart, FONT_SIZE } from "./plot.js";
import { textWidth } from "./text-width.js";

interface Cell {
  readonly actual: number;
  readonly predicted: number;
  readonly photos: number;
  /** 0 to 1: the root of the share of the photos that show this class, so that few mistakes are seen. */
  readonly darkness: number;
}

/** Up to here each cell has its number, and up to there each row its label. */
const MOST_NUMBERED = 12;
const MOST_LABELLED = 40;
const LABEL_LENGTH = 14;
/** Text on a darker cell is light. */
const DARK_CELL = 0.6;

/**
 * Cells are the darker the larger their share of the row's photos: green where they were named rightly, red where
 * not.
 * @param width in pixels.
 */
export function confusionChart(
  labels: readonly string[],
  confusion: readonly (readonly number[])[],
  width: number,
): Html {
  const classes = labels.length;
  const names = labels.map((label) => middleClipped(label, LABEL_LENGTH));
  const numbered = classes <= MOST_NUMBERED;
  const labelled = classes <= MOST_LABELLED;
  const longest = Math.max(...names.map(textWidth));
  const marginLeft = labelled ? longest + 12 : 8;
  const across = (width - marginLeft - 8) / classes;
  const slant = longest <= across ? 0 : across > 3 * FONT_SIZE ? 35 : 90;
  const [sine, cosine] = [Math.sin((slant / 180) * Math.PI), Math.cos((slant / 180) * Math.PI)];
  // Slanted names reach beyond the last column's middle, which the margin itself moves.
  const beyond = (classes * longest * cosine - (width - marginLeft) / 2) / (classes - 0.5);
  const marginRight = labelled && slant > 0 ? Math.max(8, beyond) : 8;
  const marginTop = labelled ? 26 + longest * sine : 8;
  const size = (width - marginLeft - marginRight) / classes;
  const cells = confusion.flatMap((row, actual) => cellsOf(row, actual));
  const shown = numbered ? cells : cells.filter(({ photos }) => photos > 0);
  const place = { x: "predicted", y: "actual" } as const;
  const nameOf = (index: number) => names[index];
  const [right, wrong] = [shown.filter(isRight), shown.filter((one) => !isRight(one))];
  const shade = { fillOpacity: (one: Cell) => one.darkness, inset: 0.5 };
  return chart("Confusion matrix: rows are actual classes, columns predicted ones", {
    width,
    height: marginTop + 8 + classes * Math.min(size, Math.max(40, size * 0.6)),
    marginTop,
    marginLeft,
    marginRight,
    marginBottom: 8,
    opacity: { type: "identity" },
    x: { type: "band", domain: [...labels.keys()], padding: 0, axis: null },
    y: { type: "band", domain: [...labels.keys()], padding: 0, axis: null },
    marks: [
      ...(labelled
        ? [
            axisX({
              anchor: "top",
              label: null,
              tickSize: 0,
              tickFormat: nameOf,
              tickRotate: -slant,
              fill: "var(--ink)",
            }),
            axisY({ label: null, tickSize: 0, tickFormat: nameOf, fill: "var(--ink)" }),
          ]
        : []),
      ...(numbered ? [cell(cells, { ...place, stroke: "var(--rule)", fill: "none" })] : []),
      cell(right, { ...place, ...shade, fill: "var(--leaf)" }),
      cell(wrong, { ...place, ...shade, fill: "var(--wrong)" }),
      ...(numbered
        ? [
            text(shown, {
              ...place,
              text: ({ photos }: Cell) => (photos === 0 ? "·" : count(photos)),
              fill: (one: Cell) =>
                one.darkness > DARK_CELL ? "var(--sheet)" : one.photos === 0 ? "var(--quiet)" : "var(--ink)",
            }),
          ]
        : []),
    ],
  });
}

const isRight = ({ actual, predicted }: Cell) => actual === predicted;

function cellsOf(row: readonly number[], actual: number): readonly Cell[] {
  const total = row.reduce((sum, photos) => sum + photos, 0);
  return row.map((photos, predicted) => ({
    actual,
    predicted,
    photos,
    darkness: total === 0 ? 0 : Number(Math.sqrt(photos / total).toFixed(3)),
  }));
}
