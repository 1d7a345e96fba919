// The reliability diagram: what a network says of its photos against how many of them are right.
import { counted, percent, type Reliability } from "@fleuron/model";
import { axisX, axisY, link, rectY, text } from "@observablehq/plot";
import type { Html } from "../html.js";
import { chart } from "./plot.js";

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly accuracy: number;
  /** 0 to 1: few photos say little, and are pale. */
  readonly darkness: number;
}

/** A bar for each bin that has photos, as high as its accuracy; were probabilities what they say, it would end at the diagonal. */
export function reliabilityChart({ bins, count, error }: Reliability): Html {
  const most = Math.max(...bins.map((bin) => bin.count));
  const bars = bins.flatMap((bin, index): readonly Bar[] =>
    bin.count === 0
      ? []
      : [
          {
            from: index / bins.length,
            to: (index + 1) / bins.length,
            accuracy: bin.accuracy,
            darkness: Number((0.25 + 0.75 * Math.sqrt(bin.count / most)).toFixed(2)),
          },
        ],
  );
  const axis = {
    ticks: 5,
    tickSize: 0,
    label: null,
    fill: "var(--quiet)",
    tickFormat: (value: number) => percent(value, 0),
  };
  return chart(
    `Reliability diagram of ${counted(count, "photo")}: expected calibration error ${percent(error)}`,
    {
      height: 300,
      marginLeft: 52,
      marginBottom: 40,
      marginTop: 30,
      x: { domain: [0, 1] },
      y: { domain: [0, 1] },
      opacity: { type: "identity" },
      marks: [
        axisY(axis),
        axisX(axis),
        rectY(bars, {
          x1: "from",
          x2: "to",
          y: "accuracy",
          fill: "var(--leaf)",
          fillOpacity: "darkness",
          inset: 0.5,
        }),
        link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: "var(--ink)", strokeDasharray: "3 4" }),
        text([0], {
          frameAnchor: "bottom",
          dy: 34,
          text: () => "probability of the label that it named",
          fill: "var(--quiet)",
        }),
        text([0], {
          frameAnchor: "top-left",
          dy: -16,
          text: () => "share of them that are right",
          fill: "var(--quiet)",
        }),
      ],
    },
  );
}
