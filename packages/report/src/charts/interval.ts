// Accuracy on a scale from 0 to 100%: its interval, and what guessing would give.
import { percent } from "@fleuron/model";
import { axisX, dot, link, ruleY, text, tickX } from "@observablehq/plot";
import type { Html } from "../html.js";
import { chart } from "./plot.js";

export interface IntervalOptions {
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
  /** The accuracy of always naming the commonest class. */
  readonly commonest: number;
}

export function intervalChart({ accuracy, low, high, commonest }: IntervalOptions): Html {
  const description = `Accuracy ${percent(accuracy)}, 95% interval ${percent(low)} to ${percent(high)}; always naming the commonest class would give ${percent(commonest)}`;
  return chart(description, {
    height: 78,
    marginLeft: 20,
    marginRight: 24,
    marginTop: 26,
    marginBottom: 26,
    x: { domain: [0, 1] },
    y: { domain: [0, 1], axis: null },
    marks: [
      ruleY([0.5], { stroke: "var(--rule)" }),
      axisX({
        ticks: 5,
        tickSize: 0,
        label: null,
        fill: "var(--quiet)",
        tickFormat: (value: number) => percent(value, 0),
      }),
      tickX([commonest], { x: (value: number) => value, stroke: "var(--quiet)", strokeWidth: 1.5 }),
      text([commonest], {
        x: (value: number) => value,
        y: 1,
        dy: -10,
        textAnchor: commonest < 0.3 ? "start" : commonest > 0.7 ? "end" : "middle",
        text: () => `always the commonest ${percent(commonest, 0)}`,
        fill: "var(--quiet)",
      }),
      link([0], {
        x1: low,
        x2: high,
        y1: 0.5,
        y2: 0.5,
        stroke: "var(--leaf)",
        strokeWidth: 5,
        strokeOpacity: 0.45,
      }),
      dot([0], { x: accuracy, y: 0.5, r: 4.5, fill: "var(--leaf)" }),
    ],
  });
}
