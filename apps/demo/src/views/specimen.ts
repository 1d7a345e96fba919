// A photo, mounted, with its label: what it shows, how probable, when, on what and how quickly.
import type { Classification } from "@fleuron/model";
import type { ExecutionProvider } from "@fleuron/runtime-web";
import { element, fill } from "../dom.js";
import { date, milliseconds, providerNames } from "../words.js";
import { createBars } from "./bars.js";
import { problem } from "./problem.js";
import { titleOf } from "./title.js";

export interface SpecimenOptions {
  readonly photo: Blob;
  readonly name: string;
  /** How many labels it shows. */
  readonly rows: number;
  readonly onRemove: () => void;
}

export interface Specimen {
  readonly node: HTMLElement;
  readonly photo: Blob;
  /** Where the photo lies, for what is laid over it. */
  readonly mount: HTMLElement;
  /** For buttons. */
  readonly actions: HTMLElement;
  showWaiting(): void;
  show(classification: Classification, executionProvider: ExecutionProvider): void;
  /** What it was named before stays. */
  showProblem(error: unknown): void;
  /** For a keyboard that has just removed its neighbour. */
  focus(): void;
  /** Gives the photo's memory back. */
  dispose(): void;
}

export function createSpecimen({ photo, name, rows, onRemove }: SpecimenOptions): Specimen {
  const address = URL.createObjectURL(photo);
  const image = element("img", { src: address, alt: name, decoding: "async" });
  const mount = element("div", { class: "mounted" }, image);
  image.addEventListener("error", () => fill(mount, element("span", {}, name)));
  const title = element("span", { class: "serif" }, "naming…");
  const share = element("span", { class: "share" }, "");
  const bars = createBars(rows);
  const small = element("p", { class: "path" }, " ");
  const result = element("div", { class: "result" }, bars.node);
  const remove = element(
    "button",
    { class: "button small", type: "button", "aria-label": `Remove ${name}` },
    "Remove",
  );
  remove.addEventListener("click", onRemove);
  const actions = element("p", { class: "actions" }, remove);
  const caption = element(
    "figcaption",
    {},
    element("p", { class: "title" }, title, share),
    result,
    small,
    actions,
  );
  let named = false;
  const node = element("figure", { class: "specimen", "aria-busy": "true" }, mount, caption);

  return {
    node,
    photo,
    mount,
    actions,
    showWaiting: () => node.setAttribute("aria-busy", "true"),
    show(classification, executionProvider) {
      const { predictions, timings } = classification;
      node.setAttribute("aria-busy", "false");
      named = predictions.length > 0;
      const called = titleOf(classification);
      fill(title, called.name);
      fill(share, called.share);
      bars.show(predictions);
      fill(result, bars.node);
      const { decode, preprocess, run } = timings;
      fill(
        small,
        `${name} · ${date(new Date())} · ${providerNames[executionProvider]} · ` +
          `decoded in ${milliseconds(decode)}, prepared in ${milliseconds(preprocess)}, classified in ${milliseconds(run)}`,
      );
    },
    showProblem(error) {
      node.setAttribute("aria-busy", "false");
      if (named) fill(result, bars.node, problem(error));
      else {
        fill(title, "not named");
        fill(small, name);
        fill(result, problem(error));
      }
    },
    focus: () => remove.focus(),
    dispose: () => URL.revokeObjectURL(address),
  };
}
