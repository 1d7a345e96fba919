// How a run's progress goes on, from step to step and from epoch to epoch.
import type { StepMetrics } from "../engine/engine.js";
import type { TrainingProgress } from "./checkpoint.js";

const noSums = { loss: 0, correct: 0, samples: 0, seconds: 0, dataWaitSeconds: 0 };

export const startOfRun: TrainingProgress = {
  epoch: 0,
  step: 0,
  iterations: 0,
  sums: noSums,
  metricsLength: 0,
  best: null,
};

interface Step extends StepMetrics {
  /** What the batch's losses were divided by. */
  readonly normalizer: number;
  readonly seconds: number;
  /** Seconds of them in which there was no batch. */
  readonly waited: number;
}

export const afterStep = (progress: TrainingProgress, step: Step): TrainingProgress => ({
  ...progress,
  step: progress.step + 1,
  iterations: progress.iterations + 1,
  sums: {
    loss: progress.sums.loss + step.loss * step.normalizer,
    correct: progress.sums.correct + step.correctCount,
    samples: progress.sums.samples + step.normalizer,
    seconds: progress.sums.seconds + step.seconds,
    dataWaitSeconds: progress.sums.dataWaitSeconds + step.waited,
  },
});

export const afterEpoch = (
  progress: TrainingProgress,
  { plateau, ...found }: Pick<TrainingProgress, "best" | "calibration" | "plateau">,
): TrainingProgress => ({
  ...progress,
  epoch: progress.epoch + 1,
  step: 0,
  sums: noSums,
  metricsLength: progress.metricsLength + 1,
  ...found,
  ...(plateau && { plateau }),
});

/** Over the steps of the epoch that is under way. */
export const meansOf = ({ sums }: TrainingProgress) => ({
  loss: sums.loss / sums.samples,
  accuracy: sums.correct / sums.samples,
});
