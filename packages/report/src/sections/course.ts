import { counted, type EpochMetrics, lossText, percent, shortNumber } from "@fleuron/model";
import { type Curve, curvesChart, highest, lossAxis } from "../charts/curves.js";
import { type Html, html } from "../html.js";
import type { ReportData } from "../report-data.js";
import { duration } from "../words.js";

type Value = (metrics: EpochMetrics) => number;
type Format = (value: number) => string;

/** The notebook's two plots, and the learning rate. */
export function course({ metrics, record: { best }, evaluation: { temperature } }: ReportData): Html {
  const epochs = counted(metrics.length, "epoch");
  const mark = (value: number, side: "above" | "below") =>
    best === null ? {} : { mark: { epoch: best.epoch, value, words: `best, epoch ${best.epoch}`, side } };
  const losses = both(
    metrics,
    (one) => one.loss,
    (one) => one.valLoss,
    lossText,
  );
  const rates = [curve(metrics, (one) => one.learningRate, shortNumber)];
  return html`<section>
<h2>Learning</h2>
<p class="note">Training figures are means over an epoch while the network learns, with its augmentation and dropout;
validation figures come after it, without them${temperature === 1 ? "" : ", and before a temperature was fitted"}.</p>
<div class="pair">
<figure>
<h3>Accuracy</h3>
${curvesChart({
  description: `Accuracy over ${epochs}, training and validation`,
  curves: both(
    metrics,
    (one) => one.accuracy,
    (one) => one.valAccuracy,
    percent,
  ),
  top: 1,
  format: (value) => percent(value, 0),
  ...mark(best?.valAccuracy ?? 0, "above"),
})}
</figure>
<figure>
<h3>Loss</h3>
${curvesChart({
  description: `Loss over ${epochs}, training and validation`,
  curves: losses,
  ...lossAxis(losses),
  ...mark(best?.valLoss ?? 0, "below"),
})}
</figure>
<figure>
<h3>Learning rate</h3>
${curvesChart({
  description: `Learning rate at the end of each of ${epochs}`,
  curves: rates,
  top: highest(rates),
  format: shortNumber,
  height: 150,
})}
</figure>
${pace(metrics)}
</div>
</section>`;
}

const curve = (metrics: readonly EpochMetrics[], value: Value, format: Format): Curve => ({
  words: format(value(metrics[metrics.length - 1]!)),
  colour: "var(--ink)",
  points: metrics.map((one) => ({ epoch: one.epoch, value: value(one) })),
});

/** Training in grey against validation in ink. */
function both(
  metrics: readonly EpochMetrics[],
  training: Value,
  validation: Value,
  format: Format,
): readonly Curve[] {
  const [grey, ink] = [curve(metrics, training, format), curve(metrics, validation, format)];
  return [
    { ...grey, words: `training ${grey.words}`, colour: "var(--training)", wordColour: "var(--quiet)" },
    { ...ink, words: `validation ${ink.words}` },
  ];
}

function pace(metrics: readonly EpochMetrics[]): Html {
  const sum = (value: Value) => metrics.reduce((total, one) => total + value(one), 0);
  const mean = (value: Value) => sum(value) / metrics.length;
  return html`<div>
<h3>Pace</h3>
<table>
<tr><th scope="row">all epochs</th><td class="number">${duration(sum((one) => one.seconds))}</td></tr>
<tr><th scope="row">an epoch</th><td class="number">${duration(mean((one) => one.seconds))}</td></tr>
<tr><th scope="row">photos per second</th><td class="number">${mean((one) => one.imagesPerSecond).toFixed(1)}</td></tr>
<tr><th scope="row">waiting for photos</th><td class="number">${percent(mean((one) => one.dataWait))}</td></tr>
</table>
</div>`;
}
