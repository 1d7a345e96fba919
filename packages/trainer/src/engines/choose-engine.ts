// Which engine computes, in which precision, and why.

import { thisMachine } from "@fleuron/machine";
import type { EngineModule, Precision, Surroundings } from "@fleuron/training";
import { findingsOf, firstBad, requireWorking, trainerError } from "@fleuron/training";
import { gpuEngineOffer } from "./gpu-engine-offer.js";
import { loadEngine } from "./index.js";
import type { MixedPrecision } from "./mixed-precision.js";

export interface EngineWish {
  /** A name of the table, or "auto". */
  readonly engine: string;
  readonly mixedPrecision: MixedPrecision;
  /** Whether the recipe may be computed in bfloat16. */
  readonly mayRound: boolean;
}

export interface ChosenEngine {
  readonly name: string;
  readonly precision: Precision;
  /** In a few words, with what would be faster here. */
  readonly reason: string;
}

/**
 * The engine that is asked for, or the one that `auto` takes: tfjs-node-gpu where it works; else tfjs-node where it works
 * and would multiply in bfloat16; else onnx-cpu, which is faster in float32 (docs/engines.md has the figures).
 *
 * @throws FleuronError "engine-unknown"; "engine-unavailable" for an engine that does not work here, with what is
 * missing, and for a precision that it does not have.
 */
export async function chooseEngine(wish: EngineWish, surroundings = thisMachine()): Promise<ChosenEngine> {
  if (wish.engine === "auto") return chooseAutomatically(wish, surroundings);
  const engine = await loadEngine(wish.engine);
  requireWorking(engine.name, await findingsOf(engine, surroundings));
  const precision = await precisionOf(wish, engine, surroundings);
  if (engine.precisions.includes(precision)) return { name: engine.name, precision, reason: "asked for" };
  throw trainerError("engine-unavailable", `The engine ${engine.name} does not compute in ${precision}.`, {
    subject: "--mixed-precision",
    hint: "Use --engine tfjs-node, or leave --mixed-precision out.",
  });
}

async function precisionOf(
  { mixedPrecision, mayRound }: EngineWish,
  engine: EngineModule,
  surroundings: Surroundings,
): Promise<Precision> {
  if (mixedPrecision !== "auto") return mixedPrecision === "none" ? "float32" : mixedPrecision;
  return mayRound && (await engine.gainsFromBfloat16?.(surroundings)) ? "bfloat16" : "float32";
}

async function chooseAutomatically(wish: EngineWish, surroundings: Surroundings): Promise<ChosenEngine> {
  const [gpu, tensorflow] = [await loadEngine("tfjs-node-gpu"), await loadEngine("tfjs-node")];
  const lacking = firstBad(await findingsOf(gpu, surroundings));
  if (lacking === undefined) {
    const precision = await precisionOf(wish, gpu, surroundings);
    return { name: gpu.name, precision, reason: "the fastest here: there is a GPU" };
  }
  const offered = await gpuEngineOffer(surroundings);
  const untaken =
    lacking.code === "no-usable-gpu" ? `; ${gpu.name} finds no GPU that it can use: docs/gpu.md` : "";
  const faster =
    offered === undefined ? untaken : `; ${offered.engine} would be faster here: ${offered.command}`;
  const precision = await precisionOf(wish, tensorflow, surroundings);
  if (precision === "float32") {
    const why = (await tensorflow.gainsFromBfloat16?.(surroundings))
      ? "the fastest in float32"
      : "the fastest on this processor, which has no bfloat16";
    return { name: "onnx-cpu", precision, reason: why + faster };
  }
  const missing = firstBad(await tensorflow.probe(surroundings));
  if (missing === undefined) {
    return { name: tensorflow.name, precision, reason: `the fastest in bfloat16 on a processor${faster}` };
  }
  if (wish.mixedPrecision === "bfloat16") requireWorking(tensorflow.name, [missing]);
  const reason = `needs no set-up${faster || `; ${tensorflow.name} would be faster here: ${missing.hint}`}`;
  return { name: "onnx-cpu", precision: "float32", reason };
}
