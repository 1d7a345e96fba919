// Lines that grow while a run goes on. What they show stands in words beside them.
import { fill } from "../../dom.js";
import { type Point, polyline } from "../curves.js";

const SVG = "http://www.w3.org/2000/svg";
const SIZE = { width: 440, height: 190 };
const BOX = { left: 54, top: 12, width: 376, height: 146 };

export interface ChartOptions {
  readonly title: string;
  readonly format: (value: number) => string;
}

export interface Chart {
  readonly node: HTMLElement;
  /** `training` is drawn thin, `validation` strong; both end at `epochs`, and at `highest` on top. */
  show(lines: {
    readonly training: readonly Point[];
    readonly validation: readonly Point[];
    readonly epochs: number;
    readonly highest: number;
  }): void;
}

export function createChart({ title, format }: ChartOptions): Chart {
  const svg = shape("svg", { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, "aria-hidden": "true" });
  const bottom = BOX.top + BOX.height;
  const ticks = [0, 0.5, 1].map((share) => {
    const y = bottom - share * BOX.height;
    const line = shape("line", { class: "grid", x1: BOX.left, x2: BOX.left + BOX.width, y1: y, y2: y });
    const text = shape("text", { class: "tick", x: BOX.left - 8, y: y + 4, "text-anchor": "end" });
    svg.append(line, text);
    return { share, text };
  });
  const end = shape("text", { class: "tick", x: BOX.left + BOX.width, y: bottom + 20, "text-anchor": "end" });
  const training = shape("polyline", { class: "training" });
  const validation = shape("polyline", { class: "validation" });
  svg.append(end, training, validation);
  const caption = document.createElement("figcaption");
  fill(caption, title);
  const node = document.createElement("figure");
  node.className = "chart";
  node.append(caption, svg);
  return {
    node,
    show(lines) {
      for (const { share, text } of ticks) fill(text, format(share * lines.highest));
      fill(end, `epoch ${lines.epochs}`);
      training.setAttribute("points", polyline(lines.training, BOX, lines.epochs, lines.highest));
      validation.setAttribute("points", polyline(lines.validation, BOX, lines.epochs, lines.highest));
    },
  };
}

function shape(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
