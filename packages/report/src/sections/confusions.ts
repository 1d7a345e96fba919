import { classFigures, count, type Evaluation, percentOrDash } from "@fleuron/model";
import { confusionChart } from "../charts/confusion.js";
import { CHART_WIDTH } from "../charts/plot.js";
import { Html, html, nothing } from "../html.js";
import type { ReportData } from "../report-data.js";

/** More classes than this have the matrix above the table instead of beside it. */
const MOST_BESIDE = 8;
/** Pixels of a matrix that has the page's width. */
const WIDE = 960;
const COMMONEST = 10;

/** Which classes it takes for which, and the figures of each. */
export function confusions({ evaluation }: ReportData): Html {
  const { labels, confusion } = evaluation;
  const beside = labels.length <= MOST_BESIDE;
  return html`<section>
<h2>Each class</h2>
<p class="note">Rows are actual classes, columns predicted ones. Precision is the share of the photos predicted as a class
that belong to it, recall the share of the photos of a class that are predicted as it; F1 is their harmonic mean.</p>
<div${new Html(beside ? ' class="pair"' : "")}>
<figure${new Html(beside ? "" : ' class="wide scroll"')}>${confusionChart(labels, confusion, beside ? CHART_WIDTH : WIDE)}</figure>
<div>
${commonest(evaluation)}
${perClass(evaluation)}
</div>
</div>
</section>`;
}

const perClass = (evaluation: Evaluation): Html => html`<table>
<thead><tr><th scope="col">class</th><th scope="col" class="number">photos</th><th scope="col" class="number">precision</th>
<th scope="col" class="number">recall</th><th scope="col" class="number">F1</th></tr></thead>
<tbody>
${classFigures(evaluation).map(({ precision, recall, f1 }, index) => {
  const { label, count: photos } = evaluation.perClass[index]!;
  return html`<tr><th scope="row" class="name">${label}${bar(f1 ?? 0)}</th><td class="number">${count(photos)}</td>
<td class="number">${percentOrDash(precision)}</td><td class="number">${percentOrDash(recall)}</td>
<td class="number">${percentOrDash(f1)}</td></tr>`;
})}
</tbody>
</table>`;

const bar = (share: number): Html =>
  html`<span class="bar"><i style="width: ${(share * 100).toFixed(1)}%"></i></span>`;

function commonest({ labels, confusion }: Evaluation): Html {
  const mistakes = confusion
    .flatMap((row, actual) => row.map((photos, predicted) => ({ actual, predicted, photos })))
    .filter(({ actual, predicted, photos }) => actual !== predicted && photos > 0)
    .sort((a, b) => b.photos - a.photos)
    .slice(0, COMMONEST);
  if (mistakes.length === 0) return nothing;
  const lines = mistakes.map(
    ({ actual, predicted, photos }) =>
      html`<tr><th scope="row" class="name">${labels[actual]!}</th><td class="name">${labels[predicted]!}</td>
<td class="number">${count(photos)}</td></tr>`,
  );
  return html`<table><thead><tr><th scope="col">actual</th><th scope="col">most often predicted</th><th scope="col" class="number">photos</th></tr></thead>
<tbody>${lines}</tbody></table><br>`;
}
