import { percent, rankLabels } from "@fleuron/model";
import { Html, html, nothing } from "../html.js";
import type { ReportData, Specimen } from "../report-data.js";
import type { ReportedRun } from "../reported-run.js";
import { subjectOf } from "../subject.js";

const GUESSES = 3;

/** The photos of the highest loss, mounted. */
export function specimens({ hardest, record, evaluation: { labels } }: ReportData): Html {
  if (hardest.length === 0) return nothing;
  const subject = subjectOf(record);
  return html`<section>
<h2>The hardest ${subject}s</h2>
<p class="note">Those of the validation set with the highest loss: the actual class of each, and the predictions.</p>
<div class="specimens">
${hardest.map((specimen) => mounted(specimen, labels))}
</div>
${credit(record)}
</section>`;
}

/** The licence of the flower photos asks for it wherever they appear. */
const credit = ({ dataset }: ReportedRun): Html =>
  dataset.name === "flowers"
    ? html`<p class="note">Photos: TensorFlow's flower_photos, under CC BY; the dataset's LICENSE.txt names the
photographer of each by its file name.</p>`
    : nothing;

function mounted({ path, label, probabilities, loss, picture }: Specimen, labels: readonly string[]): Html {
  const ranked = rankLabels(probabilities, labels);
  const own = ranked.findIndex((guess) => guess.label === labels[label]);
  // Its own class is always there, however unlikely the network found it.
  const shown = own < GUESSES ? ranked.slice(0, GUESSES) : [...ranked.slice(0, GUESSES - 1), ranked[own]!];
  const photo =
    picture === undefined
      ? html`<span>the photo is<br>no longer there</span>`
      : html`<img src="${picture}" alt="${labels[label]!}, ${own === 0 ? "named rightly" : `taken for ${ranked[0]!.label}`}">`;
  return html`<figure class="specimen">
<div class="mounted">${photo}</div>
<figcaption>
<div class="title"><span class="serif">${labels[label]!}</span> <span>loss ${loss.toFixed(2)}</span></div>
<dl>${shown.map(
    ({ label: name, probability }) => html`<div><dt>${name}</dt><dd>${percent(probability)}</dd>
<span class="bar${new Html(name === labels[label] ? "" : " wrong")}"><i style="width: ${(probability * 100).toFixed(1)}%"></i></span></div>`,
  )}</dl>
<p class="path">${path}</p>
</figcaption>
</figure>`;
}
