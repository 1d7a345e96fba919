// What answers with a run's weights: onnxruntime in float32, whichever engine trained them, as a bundle will be run.
// An engine that rounds, or takes seconds to load, is for training alone.

import { type Calibration, firstNotFinite, uncalibrated } from "@fleuron/model";
import { type Checkpoint, openCheckpoint } from "@fleuron/run-folder";
import {
  type Logits,
  type TrainingEngine,
  type TrainingPlan,
  trainerError,
  withoutSlots,
} from "@fleuron/training";
import { onnxCpu } from "../engines/onnx-cpu.js";
import { openWeightsInPlace } from "./weights-in-place.js";

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
  const { plan, checkpoint: file, threads } = options;
  await using checkpoint = await openCheckpoint(file, plan);
  const engine =
    (forFewPhotos && (await openWeightsInPlace(checkpoint, { file, plan, threads }))) ||
    (await openEngine(checkpoint, options, signal));
  const { calibration = uncalibrated } = checkpoint.progress;
  return {
    calibration,
    predict: async (batch) => tempered(finite(await engine.predict(batch), file), calibration),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

async function openEngine(
  checkpoint: Checkpoint,
  { plan, threads }: PredictorOptions,
  signal: AbortSignal,
): Promise<TrainingEngine> {
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

function finite(logits: Logits, checkpoint: string): Logits {
  const at = firstNotFinite(logits.data);
  if (at < 0) return logits;
  throw trainerError(
    "result-not-finite",
    `The network of ${checkpoint} gives ${logits.data[at]} for a photo.`,
    {
      subject: checkpoint,
      hint: "Its weights are too large: use the run's other checkpoint, or train again with a smaller `learningRate`.",
    },
  );
}
