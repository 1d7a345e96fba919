// Which engine computes, in which precision, and why.
import { firstBad } from "../../engine/finding.js";
import { trainerError } from "../../errors.js";
import type { Precision } from "../../plan.js";
import { type Surroundings, thisMachine } from "../doctor/surroundings.js";
import { engineNames, loadEngine } from "./index.js";
import { bfloat16Flag } from "./precision.js";
import { requireWorking } from "./require-working.js";

/** "auto" multiplies in bfloat16 where the engine and the processor do, and the recipe allows it. */
export const mixedPrecisions = ["auto", "none", "bfloat16"] as const;
export type MixedPrecision = (typeof mixedPrecisions)[number];

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
 * The engine that is asked for, or the one that `auto` takes: tfjs-node where it works and would multiply in
 * bfloat16, else onnx-cpu, which is faster in float32 (docs/engines.md has the figures).
 *
 * @throws FleuronError "engine-unavailable" for a name that is not in the table, for an engine that does not work
 * here, with what is missing, and for a precision that it does not have.
 */
export async function chooseEngine(wish: EngineWish, surroundings = thisMachine()): Promise<ChosenEngine> {
  if (wish.engine === "auto") return chooseAutomatically(wish, surroundings);
  if (!engineNames.includes(wish.engine)) {
    throw trainerError("engine-unavailable", `There is no engine '${wish.engine}'.`, {
      subject: "--engine",
      hint: `Engines: auto, ${engineNames.join(", ")}.`,
    });
  }
  const engine = await loadEngine(wish.engine);
  requireWorking(engine.name, await engine.probe(surroundings));
  const precision = precisionOf(wish, surroundings);
  if (engine.precisions.includes(precision)) return { name: engine.name, precision, reason: "asked for" };
  if (wish.mixedPrecision === "auto") return { name: engine.name, precision: "float32", reason: "asked for" };
  throw trainerError("engine-unavailable", `The engine ${engine.name} does not compute in ${precision}.`, {
    subject: "--mixed-precision",
    hint: "Use --engine tfjs-node, or leave --mixed-precision out.",
  });
}

/** In what an engine that can would compute. */
function precisionOf({ mixedPrecision, mayRound }: EngineWish, { processor }: Surroundings): Precision {
  if (mixedPrecision !== "auto") return mixedPrecision === "none" ? "float32" : mixedPrecision;
  return mayRound && bfloat16Flag(processor.flags) !== undefined ? "bfloat16" : "float32";
}

async function chooseAutomatically(wish: EngineWish, surroundings: Surroundings): Promise<ChosenEngine> {
  const precision = precisionOf(wish, surroundings);
  const onnx = { name: "onnx-cpu", precision: "float32" } as const;
  if (precision === "float32") {
    const { processor } = surroundings;
    const why =
      bfloat16Flag(processor.flags) === undefined
        ? "the fastest here: this processor has no bfloat16"
        : "the fastest in float32";
    return { ...onnx, reason: why };
  }
  const tensorflow = await loadEngine("tfjs-node");
  const missing = firstBad(await tensorflow.probe(surroundings));
  if (missing === undefined) return { name: tensorflow.name, precision, reason: "the fastest in bfloat16" };
  if (wish.mixedPrecision === "bfloat16") requireWorking(tensorflow.name, [missing]);
  return { ...onnx, reason: `needs no set-up; tfjs-node would be faster here: ${missing.hint}` };
}
