import { counted, megabytes, percent } from "@fleuron/model";
import { type Html, html, nothing } from "../html.js";
import type { ReportData } from "../report-data.js";
import { shownMilliseconds, tradeFigures } from "./trade.js";

/** What each file of the run's bundle costs and gives; nothing where none was measured of these weights. */
export function bundle({ record }: ReportData): Html {
  if (record.bundle === undefined || record.bundle.epochs !== record.best?.epoch) return nothing;
  const { files, photos, cpu } = record.bundle;
  const trades = files.map(({ precision, accuracy, wireBytes, milliseconds, peakBytes }) => ({
    ...{ name: precision, accuracy, bytes: wireBytes, milliseconds, memory: peakBytes },
  }));
  return html`<section>
<h2>The files of its bundle</h2>
<p class="note">Each ONNX file named the same ${counted(photos, "photo")}, one after the other, in a process of its own, on ${cpu}. Bytes
are those that a server sends which has the bundle's compressed forms, the time is the median of the model's runs, and memory the most that
the process took, Node itself included.</p>
${tradeFigures(trades, false)}
<table><thead><tr><th scope="col">weights</th><th scope="col" class="number">on the wire</th><th scope="col" class="number">accuracy</th><th scope="col" class="number">a photo</th><th scope="col" class="number">peak memory</th></tr></thead>
<tbody>${trades.map(
    ({ name, accuracy, bytes, milliseconds, memory }) =>
      html`<tr><th scope="row">${name}</th><td class="number">${megabytes(bytes)}</td><td class="number">${percent(accuracy)}</td><td class="number">${shownMilliseconds(milliseconds)}</td><td class="number">${megabytes(memory)}</td></tr>
`,
  )}</tbody></table>
</section>`;
}
