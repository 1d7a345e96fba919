import { commandLine, fail, positive } from "../arguments.js";
import { type PlaceName, placeNames } from "./places.js";

export interface WebgpuOptions {
  /** Steps that each contender takes after the warm-up. */
  readonly steps: number;
  /** Where they are taken, one place after another. */
  readonly places: readonly PlaceName[];
  readonly json: boolean;
}

export function webgpuOptions(): WebgpuOptions {
  const values = commandLine({
    steps: { type: "string" },
    adapter: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
  });
  return {
    steps: positive("steps", values.steps ?? "12"),
    places: values.adapter?.map(placeNamed) ?? placeNames,
    json: values.json,
  };
}

const placeNamed = (given: string): PlaceName =>
  placeNames.find((name) => name === given) ??
  fail(`--adapter must be one of ${placeNames.join(", ")} but is '${given}'.`);
