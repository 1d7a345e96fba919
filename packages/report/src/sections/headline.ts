import {
  bestEpochInWords,
  count,
  counted,
  largestClass,
  lossText,
  percent,
  wilsonInterval,
} from "@fleuron/model";
import { intervalChart } from "../charts/interval.js";
import { type Html, html, nothing } from "../html.js";
import type { ReportData } from "../report-data.js";
import { subjectOf } from "../subject.js";

/** How well the run names photos that it did not learn from. */
export function headline(data: ReportData): Html {
  const { record, evaluation } = data;
  const { accuracy, count: photos, loss, perClass, temperature } = evaluation;
  const [low, high] = wilsonInterval(Math.round(accuracy * photos), photos);
  const commonest = largestClass(perClass).share;
  const which = record.best ? bestEpochInWords(record.best, epochsOf(data)) : "the best epoch";
  return html`<div class="headline">
<div>
<p class="figure serif">${percent(accuracy)}</p>
<p>of ${counted(photos, subjectOf(record))} ${record.dataset.learntBefore ? "held out for validation" : "that it was not trained on"} are classified correctly by the weights of ${which}; loss
${lossText(loss)}${temperature === 1 ? "" : " at the fitted temperature"}.${linear(record.dataset.linearAccuracy)}${stopped(record.status)}${learnt(record.dataset)}</p>
</div>
<figure>
${intervalChart({ accuracy, low, high, commonest })}
<figcaption>95% interval ${percent(low)} to ${percent(high)} (Wilson)</figcaption>
</figure>
</div>`;
}

/** The epochs of a run; if it ended early, as many as it took. */
const epochsOf = ({ record, metrics }: ReportData) =>
  record.status === "completed" ? metrics.length : record.epochs;

/** A yardstick of drawn pictures. */
const linear = (accuracy: number | undefined) =>
  accuracy === undefined ? "" : ` A linear model on the pixels reaches ${percent(accuracy)}.`;

/** The weights that the run began with may know what it holds out. */
const learnt = ({ learntBefore = 0 }: ReportData["record"]["dataset"]) =>
  learntBefore === 0
    ? nothing
    : html` <strong>Its initial weights were trained on ${count(learntBefore)} of them: this accuracy says
nothing about new photos.</strong>`;

const stopped = (status: string) => (status === "stopped" ? " The run was stopped before its end." : "");
