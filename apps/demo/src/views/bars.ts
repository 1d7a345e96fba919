// Probabilities as bars that grow when a result comes.
import type { LabelProbability } from "@fleuron/model";
import { element } from "../dom.js";
import { percent } from "../words.js";

export interface Bars {
  readonly node: HTMLElement;
  show(predictions: readonly LabelProbability[]): void;
}

/** One bar for each of `rows` places, filled in the order in which predictions are given. */
export function createBars(rows: number): Bars {
  const bars = Array.from({ length: rows }, () => {
    const name = element("dt", {}, "\u00a0");
    const value = element("dd", {}, "");
    const fill = element("i");
    const row = element(
      "div",
      {},
      name,
      value,
      element("span", { class: "bar", "aria-hidden": "true" }, fill),
    );
    return { name, value, fill, row };
  });
  return {
    node: element("dl", { class: "bars" }, ...bars.map(({ row }) => row)),
    show(predictions) {
      for (const [index, { name, value, fill }] of bars.entries()) {
        const prediction = predictions[index];
        if (!prediction) continue;
        name.textContent = prediction.label;
        value.textContent = percent(prediction.probability);
        fill.style.inlineSize = `${prediction.probability * 100}%`;
      }
    },
  };
}
