import { openCheckpoint } from "@fleuron/run-folder";
import type { TrainingEngine, TrainingPlan } from "@fleuron/training";
import { withoutSlots } from "@fleuron/training";
import { loadEngine } from "../engines/index.js";

export interface PredictorOptions {
  /** The run's plan; nothing of it learns here. */
  readonly plan: TrainingPlan;
  readonly checkpoint: string;
  readonly engine: string;
  readonly threads: number | undefined;
}

/** An engine that holds a checkpoint's weights and statistics, and no memory for learning. */
export async function openPredictor(options: PredictorOptions, signal: AbortSignal): Promise<TrainingEngine> {
  const engineModule = await loadEngine(options.engine);
  const engine = await engineModule.create(
    { ...options.plan, trainable: [] },
    { signal, ...(options.threads !== undefined && { threads: options.threads }) },
  );
  try {
    await using checkpoint = await openCheckpoint(options.checkpoint, options.plan);
    await engine.write(withoutSlots(checkpoint.read()));
    return engine;
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}
