// Lines over epochs that carry their names at their ends, so that no legend is needed.
import { axisX, axisY, dot, gridY, line, type Markish, text } from "@observablehq/plot";
import type { Html } from "../html.js";
import { epochTicks } from "./epoch-ticks.js";
import { chart } from "./plot.js";
import { spread } from "./spread.js";

export interface Point {
  /** From 1. */
  readonly epoch: number;
  readonly value: number;
}

export interface Curve {
  /** Written at the curve's end. */
  readonly words: string;
  /** CSS colours of the line and of the words. */
  readonly colour: string;
  readonly wordColour?: string;
  readonly points: readonly Point[];
}

export interface CurvesOptions {
  readonly description: string;
  readonly curves: readonly Curve[];
  /** The value at the top; at the bottom is 0. */
  readonly top: number;
  /** The format of the numbers at the left. */
  readonly format: (value: number) => string;
  /** A point set off by a ring and words. */
  readonly mark?: Point & { readonly words: string; readonly side: "above" | "below" };
  /** Pixels. Default 256. */
  readonly height?: number;
  /** Pixels for the words at the curves' ends. Default 130. */
  readonly wordsWidth?: number;
}

/** The top of a chart in which every curve fits. */
export const highest = (curves: readonly Curve[]): number =>
  Math.max(...curves.flatMap(({ points }) => points.map(({ value }) => value))) * 1.04 || 1;

/** What stands beside the lines of a chart of losses up to `top`: as many digits as tell them apart, and few for large and tiny ones. */
export const lossTicks =
  (top: number) =>
  (value: number): string =>
    top >= 1e5 || top < 1e-4
      ? value === 0
        ? "0"
        : value.toExponential(1).replace(/(\.0)?e\+?/, "e")
      : value.toFixed(Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(top / 4)))));

/** The axis of a chart of losses. */
export function lossAxis(losses: readonly Curve[]): Pick<CurvesOptions, "top" | "format"> {
  const top = highest(losses);
  return { top, format: lossTicks(top) };
}

const MARGIN = { top: 24, bottom: 30, left: 58 };
const LINE_HEIGHT = 16;
/** Lines of fewer points show them. */
const FEW_POINTS = 12;

export function curvesChart(options: CurvesOptions): Html {
  const { description, curves, top, format, height = 256, wordsWidth = 130 } = options;
  const last = Math.max(...curves.flatMap(({ points }) => points.map(({ epoch }) => epoch)));
  const ticks = Math.round(height / 55);
  return chart(description, {
    height,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight: wordsWidth,
    x: { domain: last === 1 ? [0, 2] : [1, last] },
    y: { domain: [0, top] },
    marks: [
      gridY({ ticks, stroke: "var(--rule)", strokeOpacity: 1 }),
      axisY({
        ticks,
        tickSize: 0,
        label: null,
        fill: "var(--quiet)",
        tickFormat: format,
      }),
      axisX({
        ticks: epochTicks(last),
        tickSize: 4,
        stroke: "var(--rule)",
        fill: "var(--quiet)",
        tickFormat: String,
        label: null,
      }),
      text([0], {
        frameAnchor: "bottom-right",
        dy: 18,
        dx: 14,
        text: () => "epoch",
        fill: "var(--quiet)",
        textAnchor: "start",
      }),
      ...curves.flatMap(drawn),
      ...words(options, height),
      ...(options.mark ? marked(options.mark, { last, top }) : []),
    ],
  });
}

function drawn({ points, colour }: Curve): Markish[] {
  const place = { x: "epoch", y: "value" } as const;
  return [
    line(points, { ...place, stroke: colour, strokeWidth: 1.75 }),
    ...(points.length < FEW_POINTS ? [dot(points, { ...place, fill: colour, r: 2.5 })] : []),
  ];
}

/** Words at the curves' ends, moved apart where they would touch. */
function words({ curves, top }: CurvesOptions, height: number): Markish[] {
  const bottom = height - MARGIN.bottom;
  const ends = curves.flatMap(({ points, ...curve }) =>
    points.slice(-1).map((point) => ({ ...curve, ...point })),
  );
  const wanted = ends.map(({ value }) => bottom - (value / top) * (bottom - MARGIN.top));
  const placed = spread(wanted, { gap: LINE_HEIGHT, lowest: MARGIN.top, highest: bottom - 5 });
  return ends.map((end, index) =>
    text([end], {
      x: "epoch",
      y: "value",
      text: "words",
      fill: end.wordColour ?? end.colour,
      // A curve that ends early has its words over the others.
      stroke: "var(--sheet)",
      strokeWidth: 4,
      textAnchor: "start",
      dx: 8,
      dy: placed[index]! - wanted[index]!,
    }),
  );
}

/** Below this share of the height there is no room for words below a point. */
const LOW = 0.12;

function marked(
  mark: NonNullable<CurvesOptions["mark"]>,
  { last, top }: { readonly last: number; readonly top: number },
): Markish[] {
  const isAbove = mark.side === "above" || mark.value < LOW * top;
  const share = last === 1 ? 0.5 : (mark.epoch - 1) / (last - 1);
  const place = { x: "epoch", y: "value" } as const;
  return [
    dot([mark], { ...place, r: 4, stroke: "var(--leaf)", strokeWidth: 1.75, fill: "var(--sheet)" }),
    text([mark], {
      ...place,
      text: "words",
      fill: "var(--leaf)",
      stroke: "var(--sheet)",
      strokeWidth: 4,
      dy: isAbove ? -14 : 15,
      textAnchor: share > 0.75 ? "end" : share < 0.25 ? "start" : "middle",
    }),
  ];
}
