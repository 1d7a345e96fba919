import { element } from "../dom.js";
import { type Failure, failureOf } from "../failure.js";

/** An error as the page shows it, with a way out where there is one. */
export const problem = (error: unknown, ...actions: readonly Node[]): HTMLElement =>
  problemOf(failureOf(error), ...actions);

export function problemOf({ message, hint }: Failure, ...actions: readonly Node[]): HTMLElement {
  const words = hint === undefined ? [] : [" ", element("span", { class: "quiet" }, hint)];
  return element(
    "p",
    { class: "problem", role: "alert" },
    element("strong", {}, message),
    ...words,
    ...actions,
  );
}
