// Probabilities as bars that grow when a result comes.
import { type LabelProbability, percent } from "@fleuron/model";
import { element, fill } from "../dom.js";

export interface Bars {
  readonly node: HTMLElement;
  show(predictions: readonly LabelProbability[]): void;
}

/** One bar for each of `rows` places, filled in the order in which predictions are given. */
export function createBars(rows: number): Bars {
  const bars = Array.from({ length: rows }, () => {
    const name = element("dt", {}, "\u00a0");
    const value = element("dd", {}, "");
    const length = element("i");
    const row = element(
      "div",
      {},
      name,
      value,
      element("span", { class: "bar", "aria-hidden": "true" }, length),
    );
    return { name, value, length, row };
  });
  return {
    node: element("dl", { class: "bars" }, ...bars.map(({ row }) => row)),
    show(predictions) {
      for (const [index, { name, value, length }] of bars.entries()) {
        const prediction = predictions[index];
        if (!prediction) continue;
        fill(name, prediction.label);
        fill(value, percent(prediction.probability));
        length.style.inlineSize = `${prediction.probability * 100}%`;
      }
    },
  };
}
