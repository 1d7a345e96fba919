// Observable Plot as text: a document to draw in, and what all charts look like.
import { type PlotOptions, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom/worker";
import { Html } from "../html.js";

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/** Pixels that a chart is drawn for; pages scale it to their columns. */
export const CHART_WIDTH = 460;

export const FONT_SIZE = 13;

/** An SVG whose colours are the page's. `description` is what it shows, for those who cannot see it. */
export function chart(description: string, options: PlotOptions): Html {
  const drawn: SvgElement = plot({
    width: CHART_WIDTH,
    ...options,
    document,
    className: "chart",
    style: { fontSize: `${FONT_SIZE}px`, fontFamily: "inherit", background: "none" },
  });
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", description);
  return new Html(drawn.outerHTML);
}

/** The part of a DOM element that is used here: this package is compiled without the DOM's types. */
interface SvgElement {
  setAttribute(name: string, value: string): void;
  readonly outerHTML: string;
}
