import type { Calibration, ProgressEvent } from "@fleuron/model";
import type { TrainingData } from "../data/training-data.js";
import type { TrainingEngine } from "../engine/engine.js";
import { calibrate, evaluatePhotos, isFittedTo, type LabelledAnswer } from "../evaluation/index.js";

export interface ValidationOptions {
  readonly engine: Pick<TrainingEngine, "predict">;
  readonly data: TrainingData;
  readonly classes: number;
}

export interface Validation {
  readonly valLoss: number;
  readonly valAccuracy: number;
  /** Fitted to half of the photos. */
  readonly calibration: Calibration;
}

export async function* validate({
  engine,
  data,
  classes,
}: ValidationOptions): AsyncGenerator<ProgressEvent, Validation> {
  const fitting: LabelledAnswer[] = [];
  const sums = yield* evaluatePhotos(engine, data, {
    task: "validating",
    classes,
    hear(answer, index) {
      if (isFittedTo(index, data.valCount)) fitting.push(answer);
    },
  });
  return {
    valLoss: sums.loss / sums.count,
    valAccuracy: sums.correct / sums.count,
    calibration: calibrate(fitting),
  };
}
