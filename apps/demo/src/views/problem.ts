import { element } from "../dom.js";
import { failureOf } from "../failure.js";

/** An error as the page shows it, with a way out where there is one. */
export function problem(error: unknown, ...actions: readonly Node[]): HTMLElement {
  const { message, hint } = failureOf(error);
  const words = hint === undefined ? [] : [" ", element("span", { class: "quiet" }, hint)];
  return element(
    "p",
    { class: "problem", role: "alert" },
    element("strong", {}, message),
    ...words,
    ...actions,
  );
}
