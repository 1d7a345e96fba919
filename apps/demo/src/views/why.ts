// The button "Why?" of a specimen: lays the heat map over the photo, computes it first, and can be called off.
import { percent } from "@fleuron/model";
import type { WebClassifier } from "@fleuron/runtime-web";
import { element, fill } from "../dom.js";
import { isAbort } from "../failure.js";
import { type Explanation, explain } from "../heat-map/explain.js";
import type { Heat } from "../heat-map/heat.js";
import type { Pixels } from "../heat-map/occlude.js";
import { paint } from "../heat-map/paint.js";
import { pixelsOf } from "../photos/pixels-of.js";
import { problem } from "./problem.js";
import type { Specimen } from "./specimen.js";

export interface Why {
  /** The label to explain from now on; what was explained before goes. */
  reset(label: string | undefined): void;
}

export interface WhyOptions {
  readonly classifier: () => Promise<WebClassifier>;
  /** For those who do not see the page. */
  readonly announce: (words: string) => void;
}

export function createWhy(specimen: Specimen, { classifier, announce }: WhyOptions): Why {
  const button = element(
    "button",
    { class: "button small", type: "button", "aria-pressed": "false" },
    "Why?",
  );
  const told = element("div", { class: "why quiet" });
  // What is explained: browsers show some photos on their side.
  const seen = element("canvas", { class: "seen", "aria-hidden": "true" });
  const layer = element("canvas", { class: "heat", "aria-hidden": "true" });
  let label: string | undefined;
  let running: AbortController | undefined;
  button.hidden = true;
  specimen.actions.prepend(button);

  const close = () => {
    running?.abort(new DOMException("The explanation was closed.", "AbortError"));
    running = undefined;
    seen.remove();
    layer.remove();
    told.remove();
    button.setAttribute("aria-pressed", "false");
  };
  button.addEventListener("click", () => {
    if (running) close();
    else if (label !== undefined) void open(label);
  });

  async function open(wanted: string): Promise<void> {
    running = new AbortController();
    const { signal } = running;
    button.setAttribute("aria-pressed", "true");
    fill(told, "Covering the photo, part by part…");
    specimen.actions.before(told);
    try {
      const model = await classifier();
      const pixels = await pixelsOf(specimen.photo, model.manifest.preprocessing.background, signal);
      signal.throwIfAborted();
      fillCanvas(seen, imageOf(pixels));
      specimen.mount.append(seen, layer);
      const work = explain({
        pixels,
        label: wanted,
        signal,
        classify: (photos, options) => model.classify(photos.map(imageOf), options),
      });
      for (;;) {
        const { done, value } = await work.next();
        signal.throwIfAborted();
        draw(layer, value.heat);
        if (done) {
          fill(told, verdict(wanted, value));
          announce(told.textContent);
          return;
        }
        fill(told, `Covering the photo, part by part: ${value.completed} of ${value.total}`);
      }
    } catch (error) {
      if (isAbort(error, signal)) return;
      close();
      fill(told, problem(error));
      specimen.actions.before(told);
    }
  }

  return {
    reset(next) {
      close();
      label = next;
      button.hidden = next === undefined;
    },
  };
}

/** A smaller fall is no reason. */
const LEAST_FALL = 0.01;

function verdict(label: string, { probability, lowest }: Explanation): string {
  if (probability - lowest < LEAST_FALL) {
    return `No single area decides for ${label}: covering any of them lowers ${percent(probability)} by less than one point.`;
  }
  return (
    `Bright areas favour ${label}: covering the brightest ` +
    `lowers ${percent(probability)} to ${percent(lowest)}.`
  );
}

const imageOf = ({ data, width, height }: Pixels) => new ImageData(data, width, height);

function draw(layer: HTMLCanvasElement, heat: Heat): void {
  const image = new ImageData(heat.columns, heat.rows);
  paint(heat, image.data);
  fillCanvas(layer, image);
}

function fillCanvas(canvas: HTMLCanvasElement, image: ImageData): void {
  canvas.width = image.width;
  canvas.height = image.height;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser provides no canvas to draw on.");
  context.putImageData(image, 0, 0);
}
