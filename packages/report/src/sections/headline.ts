import { bestEpochInWords, wilsonInterval } from "@fleuron/model";
import { intervalChart } from "../charts/interval.js";
import { type Html, html } from "../html.js";
import type { ReportData } from "../report-data.js";
import { subjectOf } from "../subject.js";
import { counted, percent } from "../words.js";

/** How well the run names photos that it did not learn from. */
export function headline(data: ReportData): Html {
  const { record, evaluation } = data;
  const { accuracy, count, loss, perClass } = evaluation;
  const [low, high] = wilsonInterval(Math.round(accuracy * count), count);
  const commonest = Math.max(...perClass.map((one) => one.count)) / count;
  const which = record.best ? bestEpochInWords(record.best, epochsOf(data)) : "the best epoch";
  return html`<div class="headline">
<div>
<p class="figure serif">${percent(accuracy)}</p>
<p>of ${counted(count, subjectOf(record))} that it never learned from are named correctly, by the weights of ${which}; loss
${loss.toFixed(4)}.${linear(record.dataset.linearAccuracy)}${stopped(record.status)}</p>
</div>
<figure>
${intervalChart({ accuracy, low, high, commonest })}
<figcaption>95% interval ${percent(low)} to ${percent(high)} (Wilson)</figcaption>
</figure>
</div>`;
}

/** Of a run that ended early, as many as it took. */
const epochsOf = ({ record, metrics }: ReportData) =>
  record.status === "completed" ? metrics.length : record.epochs;

/** A yardstick of drawn pictures. */
const linear = (accuracy: number | undefined) =>
  accuracy === undefined ? "" : ` A linear model on pixels names ${percent(accuracy)} of them.`;

const stopped = (status: string) => (status === "stopped" ? " The run was stopped before its end." : "");
