import { count, megabytes, percent } from "@fleuron/model";
import { type Html, html, nothing } from "../html.js";
import type { ReportData } from "../report-data.js";
import type { CompressionFigures } from "../reported-run.js";
import { shownMilliseconds, tradeFigures } from "./trade.js";

/** What cutting a network down has given up and won, step by step; nothing for a run that was trained as it is. */
export function compression({ record }: ReportData): Html {
  if (record.compression === undefined) return nothing;
  const { run, steps } = record.compression;
  const trades = steps.map(({ step, valAccuracy, bytes, parameters, milliseconds }) => ({
    ...{ name: step, accuracy: valAccuracy, bytes, milliseconds },
    memory: FLOAT_BYTES * parameters,
  }));
  return html`<section>
<h2>Compression</h2>
<p class="note">Cut down from the network of ${run}; each chart has the accuracy against a cost, step by step. All of it was measured
on the validation photos when it was done; what was chosen on the way, was chosen on training photos. Bytes are those of the compact file,
compressed by brotli: measured of the last step, estimated of those before. Memory is that of the weights.</p>
${tradeFigures(trades, true)}
<div class="scroll"><table><thead><tr><th scope="col">step</th><th scope="col" class="number">parameters</th><th scope="col" class="number">in memory</th><th scope="col" class="number">on the wire</th><th scope="col" class="number">accuracy</th><th scope="col" class="number">loss</th><th scope="col" class="number">a photo</th></tr></thead>
<tbody>${steps.map(row)}</tbody></table></div>
</section>`;
}

/** What runs takes four bytes a number, however it was sent. */
const FLOAT_BYTES = 4;

const row = ({ step, parameters, bytes, valAccuracy, valLoss, milliseconds }: CompressionFigures): Html =>
  html`<tr><th scope="row">${step}</th><td class="number">${count(parameters)}</td><td class="number">${megabytes(FLOAT_BYTES * parameters)}</td><td class="number">${megabytes(bytes)}</td><td class="number">${percent(valAccuracy)}</td><td class="number">${valLoss.toFixed(4)}</td><td class="number">${shownMilliseconds(milliseconds)}</td></tr>
`;
