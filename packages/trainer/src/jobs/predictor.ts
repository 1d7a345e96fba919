// What answers with a run's weights: onnxruntime in float32, whichever engine trained them, as a bundle will be run.
// An engine that rounds, or takes seconds to load, is for training alone.
import { openCheckpoint } from "@fleuron/run-folder";
import type { TrainingEngine, TrainingPlan } from "@fleuron/training";
import { withoutSlots } from "@fleuron/training";
import { onnxCpu } from "../engines/onnx-cpu.js";

export interface PredictorOptions {
  /** The run's plan; nothing of it learns here, and its precision is that of training. */
  readonly plan: TrainingPlan;
  readonly checkpoint: string;
  readonly threads: number | undefined;
}

/** An engine that holds a checkpoint's weights and statistics, and no memory for learning. */
export async function openPredictor(
  { plan, checkpoint: file, threads }: PredictorOptions,
  signal: AbortSignal,
): Promise<TrainingEngine> {
  const engine = await onnxCpu.create(
    { ...plan, precision: "float32", trainable: [] },
    { signal, ...(threads !== undefined && { threads }) },
  );
  try {
    await using checkpoint = await openCheckpoint(file, plan);
    await engine.write(withoutSlots(checkpoint.read()));
    return engine;
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}
