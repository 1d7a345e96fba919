import { count, counted, type Evaluation, percent, percentOrDash } from "@fleuron/model";
import { reliabilityChart } from "../charts/reliability.js";
import { type Html, html, nothing } from "../html.js";
import type { ReportData } from "../report-data.js";
import { subjectOf } from "../subject.js";

/** How far its probabilities can be believed, and what its threshold does. */
export function probabilities({ evaluation, record }: ReportData): Html {
  const { reliability, temperature } = evaluation;
  if (reliability.count === 0) return nothing;
  const subject = subjectOf(record);
  return html`<section>
<h2>Its probabilities</h2>
<p class="note">Temperature and threshold were fitted to the other half of the validation ${subject}s: these figures are of the
${counted(reliability.count, subject)} that they were not fitted to.</p>
<div class="pair">
<figure>${reliabilityChart(reliability)}</figure>
<div>
<table>
<tr><th scope="row">expected calibration error, ${reliability.bins.length} bins</th><td class="number">${percent(reliability.error)}</td></tr>
<tr><th scope="row">temperature</th><td class="number">${temperature}</td></tr>
${rejection(evaluation, subject)}
</table>
<p class="note">${count(reliability.bins.length)} bins of equal width, the paler the fewer ${subject}s; a bar below the dashed line is of
probabilities that are too high.</p>
</div>
</div>
</section>`;
}

const rejection = ({ rejection: found }: Evaluation, subject: string): Html =>
  found === undefined
    ? nothing
    : html`<tr><th scope="row">“none of these” below</th><td class="number">${percent(found.below)}</td></tr>
<tr><th scope="row">${subject}s of the classes that this rejects</th><td class="number">${percent(found.rejected)}</td></tr>
<tr><th scope="row">correct among the others</th><td class="number">${percentOrDash(found.accuracy)}</td></tr>`;
