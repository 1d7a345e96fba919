import { firstNotFinite } from "@fleuron/model";
import type { Logits, TrainingEngine } from "../../engine/engine.js";
import { trainerError } from "../../errors.js";
import type { TrainingPlan } from "../../plan.js";
import { withoutSlots } from "../../state.js";
import { loadEngine } from "../engines/index.js";
import { openCheckpoint } from "../run-folder/index.js";

export interface PredictorOptions {
  /** The run's plan; nothing of it learns here. */
  readonly plan: TrainingPlan;
  readonly checkpoint: string;
  readonly engine: string;
  readonly threads: number | undefined;
}

export interface Predictor extends Pick<TrainingEngine, "predict">, AsyncDisposable {}

/**
 * An engine that holds a checkpoint's weights and statistics, and no memory for learning. `predict` throws
 * "result-not-finite", which names the checkpoint, for logits that are not numbers.
 */
export async function openPredictor(options: PredictorOptions, signal: AbortSignal): Promise<Predictor> {
  const engineModule = await loadEngine(options.engine);
  const engine = await engineModule.create(
    { ...options.plan, trainable: [] },
    { signal, ...(options.threads !== undefined && { threads: options.threads }) },
  );
  try {
    await using checkpoint = await openCheckpoint(options.checkpoint, options.plan);
    await engine.write(withoutSlots(checkpoint.read()));
    return {
      predict: async (batch) => finite(await engine.predict(batch), options.checkpoint),
      [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
    };
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

function finite(logits: Logits, checkpoint: string): Logits {
  const at = firstNotFinite(logits.data);
  if (at < 0) return logits;
  throw trainerError(
    "result-not-finite",
    `The network of ${checkpoint} gives ${logits.data[at]} for a photo.`,
    {
      subject: checkpoint,
      hint: "Its weights are too large: use the run's other checkpoint, or train again with a smaller --learning-rate.",
    },
  );
}
