import { counted, lossText, percent, percentOrDash } from "@fleuron/model";
import { type Curve, curvesChart, lossAxis } from "../charts/curves.js";
import { textWidth } from "../charts/text-width.js";
import { type Html, html, nothing } from "../html.js";
import { sheet } from "../sheet.js";
import { duration, middleClipped } from "../words.js";
import type { ComparedRun, Comparison } from "./comparison.js";

/** A page with the runs' curves in one figure, their figures and their settings' differences. */
export function comparisonHtml({ runs, differences, notes }: Comparison): string {
  return sheet({
    title: "Comparison of runs · Fleuron",
    kind: "Fleuron, comparison of training runs",
    heading: counted(runs.length, "run"),
    subheading: runs.map(({ name }) => name).join(", "),
    body: [
      ...notes.map((note) => html`<p class="banner" role="note">${note}</p>`),
      figure(runs),
      figures(runs),
      settings(runs, differences),
    ],
  });
}

const COLOURS = 6;
/** Pixels before a name and after it. */
const GAP = 16;
const NAME_LENGTH = 18;

const colourOf = (index: number): string => `var(--run${(index % COLOURS) + 1})`;

function figure(runs: readonly ComparedRun[]): Html {
  const names = runs.map(({ name }) => name).join(", ");
  const words = wordsOf(runs);
  const losses = curves(runs, words, "valLoss");
  const size = {
    // Room for a name for each run.
    height: Math.max(300, 70 + runs.length * 17),
    wordsWidth: GAP + Math.max(...words.map(textWidth)),
  };
  return html`<section>
<h2>Validation</h2>
<div class="pair">
<figure>
<h3>Accuracy</h3>
${curvesChart({
  description: `Validation accuracy over epochs of ${names}`,
  curves: curves(runs, words, "valAccuracy"),
  top: 1,
  format: (value) => percent(value, 0),
  ...size,
})}
</figure>
<figure>
<h3>Loss</h3>
${curvesChart({
  description: `Validation loss over epochs of ${names}`,
  curves: losses,
  ...lossAxis(losses),
  ...size,
})}
</figure>
</div>
</section>`;
}

/** What stands at a run's curve: its recipe where no other run has it, else its name. */
function wordsOf(runs: readonly ComparedRun[]): readonly string[] {
  const distinct = new Set(runs.map(({ recipe }) => recipe)).size === runs.length;
  return runs.map(
    ({ recipe, name }, index) => `${index + 1} ${middleClipped(distinct ? recipe : name, NAME_LENGTH)}`,
  );
}

const curves = (
  runs: readonly ComparedRun[],
  words: readonly string[],
  value: "valAccuracy" | "valLoss",
): readonly Curve[] =>
  runs
    .map(({ metrics }, index) => ({
      words: words[index]!,
      colour: colourOf(index),
      points: metrics.map((one) => ({ epoch: one.epoch, value: one[value] })),
    }))
    .filter(({ points }) => points.length > 0);

const figures = (runs: readonly ComparedRun[]): Html => html`<section>
<h2>Figures</h2>
<p class="note">The epoch whose weights each run keeps as its best: the end of a schedule that anneals, else the lowest
smoothed validation loss. The 95% interval is of its accuracy (Wilson): runs whose intervals overlap may be
equally good. Beside it: what always naming the largest class would give.</p>
<div class="scroll"><table>
<thead><tr><th scope="col">run</th><th scope="col">recipe</th><th scope="col" class="number">best</th>
<th scope="col" class="number">interval</th><th scope="col" class="number">largest class</th><th scope="col" class="number">loss</th><th scope="col" class="number">epoch</th>
<th scope="col" class="number">last</th><th scope="col" class="number">took</th></tr></thead>
<tbody>${runs.map(row)}</tbody>
</table></div>
</section>`;

function row(run: ComparedRun, index: number): Html {
  const { name, recipe, status, best, interval, largestClass, metrics, seconds } = run;
  const last = metrics.at(-1);
  const state = status === "completed" ? nothing : html` (${status})`;
  return html`<tr><td class="name"><span class="swatch" style="background: ${colourOf(index)}"></span>${index + 1} ${name}${state}</td>
<td>${recipe}</td><td class="number">${best ? percent(best.valAccuracy) : "–"}</td>
<td class="number">${interval ? interval.map((bound) => percent(bound)).join(" to ") : "–"}</td>
<td class="number">${percentOrDash(largestClass?.share)}</td>
<td class="number">${best ? lossText(best.valLoss) : "–"}</td>
<td class="number">${best ? `${best.epoch} of ${metrics.length}` : "–"}</td>
<td class="number">${last ? percent(last.valAccuracy) : "–"}</td><td class="number">${duration(seconds)}</td></tr>`;
}

function settings(runs: readonly ComparedRun[], differences: Comparison["differences"]): Html {
  if (runs.length === 1) return nothing;
  if (differences.length === 0)
    return html`<section><h2>Settings</h2><p>All settings are the same.</p></section>`;
  return html`<section>
<h2>Settings that differ</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">setting</th>${runs.map(({ name }, index) => html`<th scope="col">${index + 1} ${name}</th>`)}</tr></thead>
<tbody>${differences.map(
    ({ setting, values }) =>
      html`<tr><td>${setting}</td>${values.map((value) => html`<td>${value ?? "–"}</td>`)}</tr>`,
  )}</tbody>
</table></div>
</section>`;
}
