import { type Html, html, nothing } from "../html.js";
import type { ReportedRun } from "../reported-run.js";

/** Says loudly that the flowers were drawn, where they were. */
export const banner = ({ dataset }: ReportedRun): Html =>
  dataset.name === "procedural"
    ? html`<p class="banner" role="note"><strong>These flowers were drawn by a program.</strong> No photo of a real
flower was seen in this run, and its figures say nothing about real photos.</p>`
    : nothing;
