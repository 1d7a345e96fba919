import { element } from "../dom.js";

export type Fact = readonly [name: string, value: string | Node];

export const facts = (lines: readonly Fact[]): HTMLElement =>
  element(
    "dl",
    { class: "facts" },
    ...lines.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );
