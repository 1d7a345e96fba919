// Accuracy against bytes, from step to step.
import { megabytes, percent } from "@fleuron/model";
import { axisX, axisY, dot, gridY, line, text } from "@observablehq/plot";
import type { Html } from "../html.js";
import type { CompressionFigures } from "../reported-run.js";
import { chart } from "./plot.js";

/** Room above and below the steps, as a share of the accuracies that they span, and the least that is spanned. */
const ROOM = 0.2;
const LEAST_SPAN = 0.02;

/** The steps of a compression as a path: bytes to the left, each step ten times as far as another of ten times the bytes. */
export function tradeChart(steps: readonly CompressionFigures[]): Html {
  const accuracies = steps.map(({ valAccuracy }) => valAccuracy);
  const [lowest, highest] = [Math.min(...accuracies), Math.max(...accuracies)];
  const room = ROOM * Math.max(highest - lowest, LEAST_SPAN);
  const place = { x: "bytes", y: "valAccuracy" } as const;
  const last = steps.slice(-1);
  return chart("Accuracy against the bytes on the wire, after each step", {
    height: 256,
    marginLeft: 52,
    marginRight: 12,
    marginBottom: 30,
    // Room for the names of the steps.
    x: { type: "log", inset: 36 },
    y: { domain: [Math.max(0, lowest - room), Math.min(1, highest + room)] },
    marks: [
      gridY({ ticks: 5, stroke: "var(--rule)", strokeOpacity: 1 }),
      axisY({
        ticks: 5,
        tickSize: 0,
        label: null,
        fill: "var(--quiet)",
        tickFormat: (value: number) => percent(value),
      }),
      axisX({
        ticks: 4,
        tickSize: 4,
        label: null,
        stroke: "var(--rule)",
        fill: "var(--quiet)",
        tickFormat: megabytes,
      }),
      line(steps, { ...place, stroke: "var(--training)", strokeWidth: 1.75 }),
      dot(steps, { ...place, fill: "var(--ink)", r: 3 }),
      dot(last, { ...place, r: 5, stroke: "var(--leaf)", strokeWidth: 1.75, fill: "var(--sheet)" }),
      ...[-12, 13].map((dy, side) =>
        text(
          steps.filter((_, index) => index % 2 === side),
          { ...place, text: "step", dy, fill: "var(--quiet)", stroke: "var(--sheet)", strokeWidth: 4 },
        ),
      ),
    ],
  });
}
