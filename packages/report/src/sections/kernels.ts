import { type Html, html, nothing } from "../html.js";
import type { ReportData } from "../report-data.js";

/** What the first layer looks for. */
export function kernels({ kernels: tiles }: ReportData): Html {
  if (tiles.length === 0) return nothing;
  return html`<section>
<h2>What the first layer looks for</h2>
<p class="note">Its kernels as pictures, each stretched to its own darkest and lightest value.</p>
<div class="kernels">
${tiles.map((tile, index) => html`<img src="${tile}" width="44" height="44" alt="kernel ${index + 1}">`)}
</div>
</section>`;
}
