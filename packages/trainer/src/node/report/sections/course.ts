import type { EpochMetrics } from "../../../events.js";
import { type Curve, curvesChart } from "../charts/curves.js";
import { type Html, html } from "../html.js";
import type { ReportData } from "../report-data.js";
import { counted, duration, percent, short } from "../words.js";

type Value = (metrics: EpochMetrics) => number;

/** The notebook's two plots, and the learning rate. */
export function course({ metrics, record }: ReportData): Html {
  const { best } = record;
  const accuracies = both(
    metrics,
    (one) => one.accuracy,
    (one) => one.valAccuracy,
  );
  const losses = both(
    metrics,
    (one) => one.loss,
    (one) => one.valLoss,
  );
  const rates = [curve("", "var(--ink)", metrics, (one) => one.learningRate)];
  const rounded = (value: number) => value.toFixed(value < 10 ? 2 : 0);
  return html`<section>
<h2>Learning</h2>
<p class="note">Training figures are means over an epoch while the network learns, with its augmentation and dropout;
validation figures come after it, without them.</p>
<div class="pair">
<figure>
<h3>Accuracy</h3>
${curvesChart({
  description: `Accuracy over ${counted(metrics.length, "epoch")}, training and validation`,
  curves: accuracies,
  top: 1,
  format: percent,
  tickFormat: (value) => percent(value, 0),
  ...(best && {
    mark: { epoch: best.epoch, value: best.valAccuracy, words: `best, epoch ${best.epoch}`, side: "above" },
  }),
})}
</figure>
<figure>
<h3>Loss</h3>
${curvesChart({
  description: `Loss over ${counted(metrics.length, "epoch")}, training and validation`,
  curves: losses,
  top: highest(losses),
  format: (value) => value.toFixed(3),
  tickFormat: rounded,
  ...(best && {
    mark: { epoch: best.epoch, value: best.valLoss, words: `best, epoch ${best.epoch}`, side: "below" },
  }),
})}
</figure>
<figure>
<h3>Learning rate</h3>
${curvesChart({
  description: `Learning rate at the end of each of ${counted(metrics.length, "epoch")}`,
  curves: rates,
  top: highest(rates),
  format: short,
  height: 150,
})}
</figure>
${pace(metrics)}
</div>
</section>`;
}

const curve = (name: string, colour: string, metrics: readonly EpochMetrics[], value: Value): Curve => ({
  name,
  colour,
  points: metrics.map((one) => ({ epoch: one.epoch, value: value(one) })),
});

const both = (metrics: readonly EpochMetrics[], training: Value, validation: Value): readonly Curve[] => [
  { ...curve("training", "var(--training)", metrics, training), wordColour: "var(--quiet)" },
  curve("validation", "var(--ink)", metrics, validation),
];

const highest = (curves: readonly Curve[]) =>
  Math.max(...curves.flatMap(({ points }) => points.map(({ value }) => value))) * 1.04;

function pace(metrics: readonly EpochMetrics[]): Html {
  const sum = (value: Value) => metrics.reduce((total, one) => total + value(one), 0);
  const mean = (value: Value) => sum(value) / metrics.length;
  return html`<div>
<h3>Pace</h3>
<table>
<tr><th scope="row">all epochs</th><td class="number">${duration(sum((one) => one.seconds))}</td></tr>
<tr><th scope="row">an epoch</th><td class="number">${duration(mean((one) => one.seconds))}</td></tr>
<tr><th scope="row">photos a second</th><td class="number">${mean((one) => one.imagesPerSecond).toFixed(1)}</td></tr>
<tr><th scope="row">waiting for photos</th><td class="number">${percent(mean((one) => one.dataWait))}</td></tr>
</table>
</div>`;
}
