// Accuracy against what it costs: bytes, time, memory.
import { percent } from "@fleuron/model";
import { axisX, axisY, dot, gridY, line, text } from "@observablehq/plot";
import type { Html } from "../html.js";
import { namePlaces } from "./name-places.js";
import { chart } from "./plot.js";

export interface TradePoint {
  readonly name: string;
  readonly accuracy: number;
  readonly cost: number;
}

export interface TradeChartOptions {
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  readonly tickFormat: (cost: number) => string;
  /** Whether each point came of the one before. */
  readonly path: boolean;
}

/** Pixels: three charts stand side by side. */
const WIDTH = 300;
const HEIGHT = 236;
const MARGINS = { marginTop: 20, marginRight: 8, marginBottom: 28, marginLeft: 50 } as const;
/** Pixels from either side to the first and the last point: room for their names. */
const INSET = 34;
/** The radius of the last point, the largest. */
const RADIUS = 5;
/** Room above and below the points, as a share of the accuracies that they span, and the least that is spanned. */
const ROOM = 0.25;
const LEAST_SPAN = 0.02;

/** Cheaper to the left, each point ten times as far as another of ten times the cost; the last point is marked. */
export function tradeChart(points: readonly TradePoint[], options: TradeChartOptions): Html {
  const { description, tickFormat, path } = options;
  const accuracies = points.map(({ accuracy }) => accuracy);
  const [lowest, highest] = [Math.min(...accuracies), Math.max(...accuracies)];
  const room = ROOM * Math.max(highest - lowest, LEAST_SPAN);
  const domain: Domain = [Math.max(0, lowest - room), Math.min(1, highest + room)];
  const place = { x: "cost", y: "accuracy" } as const;
  return chart(description, {
    width: WIDTH,
    height: HEIGHT,
    ...MARGINS,
    x: { type: "log", inset: INSET },
    y: { domain },
    marks: [
      gridY({ ticks: 4, stroke: "var(--rule)", strokeOpacity: 1 }),
      axisY({
        ticks: 4,
        tickSize: 0,
        label: null,
        fill: "var(--quiet)",
        tickFormat: (value: number) => percent(value),
      }),
      axisX({
        ticks: ticksOf(points.map(({ cost }) => cost)),
        tickSize: 4,
        label: null,
        stroke: "var(--rule)",
        fill: "var(--quiet)",
        tickFormat,
      }),
      ...(path ? [line(points, { ...place, stroke: "var(--training)", strokeWidth: 1.75 })] : []),
      text(named(points, domain), {
        ...place,
        text: "name",
        fill: "var(--quiet)",
        stroke: "var(--sheet)",
        strokeWidth: 4,
      }),
      dot(points, { ...place, fill: "var(--ink)", r: 3 }),
      dot(points.slice(-1), {
        ...place,
        r: RADIUS,
        stroke: "var(--leaf)",
        strokeWidth: 1.75,
        fill: "var(--sheet)",
      }),
    ],
  });
}

type Domain = readonly [lowest: number, highest: number];

/** The points where their names stand. */
function named(points: readonly TradePoint[], [lowest, highest]: Domain): readonly TradePoint[] {
  const pixels = (HEIGHT - MARGINS.marginTop - MARGINS.marginBottom) / (highest - lowest);
  const along = placesAlong(points.map(({ cost }) => cost));
  const places = namePlaces(
    points.map(({ name, accuracy }, index) => {
      return { name, x: along[index]!, y: (highest - accuracy) * pixels, radius: RADIUS };
    }),
  );
  return points.map((point, index) => ({ ...point, accuracy: highest - places[index]! / pixels }));
}

/** Pixels from the left on the logarithmic axis. */
function placesAlong(costs: readonly number[]): readonly number[] {
  const width = WIDTH - MARGINS.marginLeft - MARGINS.marginRight - 2 * INSET;
  const [least, most] = [Math.min(...costs), Math.max(...costs)];
  if (least === most) return costs.map(() => width / 2);
  return costs.map((cost) => (width * Math.log(cost / least)) / Math.log(most / least));
}

/** The least, the most, and what lies in the middle between them where they are far apart. */
function ticksOf(costs: readonly number[]): number[] {
  const [least, most] = [Math.min(...costs), Math.max(...costs)];
  if (least === most) return [least];
  return most < least * FAR_APART ? [least, most] : [least, Math.sqrt(least * most), most];
}

const FAR_APART = 2;
