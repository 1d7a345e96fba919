// What answers with a run's weights: onnxruntime in float32, whichever engine trained them, as a bundle will be run.
// An engine that rounds, or takes seconds to load, is for training alone.
import { dirname, join } from "node:path";
import { threadCount } from "@fleuron/files";
import { type Calibration, uncalibrated } from "@fleuron/model";
import { cacheFolder } from "@fleuron/photos/paths";
import { type Checkpoint, openCheckpoint } from "@fleuron/run-folder";
import {
  finiteLogits,
  type Logits,
  type TrainingEngine,
  type TrainingPlan,
  withoutSlots,
} from "@fleuron/training";
import { onnxCpu } from "../engines/onnx-cpu.js";

export interface PredictorOptions {
  /** The run's plan; nothing of it learns here, and its precision is that of training. */
  readonly plan: TrainingPlan;
  readonly checkpoint: string;
  readonly threads: number | undefined;
  /** Takes the weights as they lie in the file, in a small part of the time; then a photo takes longer. Default: false. */
  readonly forFewPhotos?: boolean | undefined;
}

export interface Predictor extends Pick<TrainingEngine, "predict">, AsyncDisposable {
  /** The checkpoint's; logits are divided by its temperature already. */
  readonly calibration: Calibration;
}

/**
 * An engine that holds a checkpoint's weights and statistics, and no memory for learning. `predict` throws
 * "result-not-finite", which names the checkpoint, for logits that are not numbers.
 */
export async function openPredictor(
  { forFewPhotos = false, ...options }: PredictorOptions,
  signal: AbortSignal,
): Promise<Predictor> {
  const { plan, checkpoint: file } = options;
  await using checkpoint = await openCheckpoint(file, plan);
  const engine =
    (forFewPhotos && (await openHere(checkpoint, options))) ||
    (await openEngine(checkpoint, options, signal));
  const { calibration = uncalibrated } = checkpoint.progress;
  return {
    calibration,
    predict: async (batch) => tempered(finiteLogits(await engine.predict(batch), file), calibration),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** The weights as they lie in the file, looked through once; undefined where that cannot be. */
async function openHere(checkpoint: Checkpoint, { plan, checkpoint: file, threads }: PredictorOptions) {
  await checkpoint.lookThrough(join(cacheFolder(), "checked"));
  const { onnxruntime: runtime } = await import("@fleuron/runtime-node");
  const { openInPlace } = await import("@fleuron/training/onnx");
  const options = { runtime, threads: threadCount(threads), folder: dirname(file) };
  return openInPlace(plan, { ...options, weights: checkpoint });
}

async function openEngine(checkpoint: Checkpoint, { plan, threads }: PredictorOptions, signal: AbortSignal) {
  const engine = await onnxCpu.create(
    { ...plan, precision: "float32", trainable: [] },
    { signal, ...(threads !== undefined && { threads }) },
  );
  try {
    await engine.write(withoutSlots(checkpoint.read()), { keep: true });
    return engine;
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

const tempered = ({ data, classes }: Logits, { temperature }: Calibration): Logits => ({
  data: data.map((logit) => logit / temperature),
  classes,
});
