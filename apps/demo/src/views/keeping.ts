// Whether the next visit needs a network, and the way to forget.
import { element, fill } from "../dom.js";

export interface Keeping {
  readonly node: HTMLElement;
  /** The browser keeps nothing here, or has no room. */
  showRefused(): void;
}

/** @param forget deletes what is kept. */
export function createKeeping(forget: () => Promise<void>): Keeping {
  const button = element("button", { class: "button small", type: "button" }, "Delete the stored model");
  const node = element(
    "p",
    { class: "quiet keeping" },
    "The model is stored in this browser: the next visit needs no network.",
    button,
  );
  const showRefused = () => fill(node, "This browser does not store the model: every visit loads it again.");
  button.addEventListener("click", () => {
    button.disabled = true;
    forget().then(
      () => fill(node, "The stored model was deleted: the next visit loads it again."),
      showRefused,
    );
  });
  return { node, showRefused };
}
