// The table of engines. To add one: a file here and a line below.
import { trainerError } from "../../errors.js";
import { type Surroundings, thisMachine } from "../doctor/surroundings.js";
import type { EngineModule } from "./engine-module.js";
import { requireWorking } from "./require-working.js";

const engines: { readonly [name: string]: () => Promise<EngineModule> } = {
  "tfjs-node": async () => (await import("./tfjs-node.js")).tfjsNode,
  "onnx-cpu": async () => (await import("./onnx-cpu.js")).onnxCpu,
};

export const engineNames = Object.keys(engines);

export const loadEngine = (name: string): Promise<EngineModule> => engines[name]();

export interface ChosenEngine {
  readonly name: string;
  readonly reason: string;
}

/**
 * The engine that is asked for, or the one that `auto` takes.
 *
 * @throws FleuronError "engine-unavailable" for a name that is not in the table, and for an engine that does not
 * work here, with what is missing.
 */
export async function chooseEngine(wanted: string, surroundings = thisMachine()): Promise<ChosenEngine> {
  if (wanted === "auto") return chooseAutomatically(surroundings);
  if (!Object.hasOwn(engines, wanted)) {
    throw trainerError("engine-unavailable", `There is no engine '${wanted}'.`, {
      subject: "--engine",
      hint: `Engines: auto, ${engineNames.join(", ")}.`,
    });
  }
  requireWorking(wanted, await (await loadEngine(wanted)).probe(surroundings));
  return { name: wanted, reason: "asked for" };
}

export async function chooseAutomatically(_surroundings: Surroundings): Promise<ChosenEngine> {
  return { name: "onnx-cpu", reason: "needs no set-up; the only engine so far" };
}
