import { element } from "../dom.js";

export interface ChoicesOptions<Value extends string> {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly (readonly [value: Value, words: string, note: string])[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

/** Radio buttons, one to a line. */
export function choices<Value extends string>(options: ChoicesOptions<Value>): HTMLFieldSetElement {
  const { legend, name, chosen, onChoose } = options;
  const rows = options.choices.map(([value, words, note]) => {
    const input = element("input", { type: "radio", name, value, checked: value === chosen });
    input.addEventListener("change", () => onChoose(value));
    return element("label", {}, input, element("span", {}, words), element("span", { class: "quiet" }, note));
  });
  return element("fieldset", { class: "choices" }, element("legend", {}, legend), ...rows);
}
