// The table of engines, in order of preference. To add one: a file here and a line below.
import type { EngineModule } from "../../engine/engine.js";
import { trainerError } from "../../errors.js";

const engines: { readonly [name: string]: () => Promise<EngineModule> } = {
  "onnx-cpu": async () => (await import("./onnx-cpu.js")).onnxCpu,
};

export const engineNames = Object.keys(engines);

export interface ChosenEngine {
  readonly name: string;
  readonly reason: string;
}

/** @throws FleuronError "engine-unavailable" for a name that is not in the table. */
export function chooseEngine(wanted: string): ChosenEngine {
  if (wanted === "auto") return { name: "onnx-cpu", reason: "needs no set-up; the only engine so far" };
  if (Object.hasOwn(engines, wanted)) return { name: wanted, reason: "asked for" };
  throw trainerError("engine-unavailable", `There is no engine '${wanted}'.`, {
    subject: "--engine",
    hint: `Engines: auto, ${engineNames.join(", ")}.`,
  });
}

export const loadEngine = (name: string): Promise<EngineModule> => engines[name]();
