// Where a run keeps its state between two lives. The loop is handed one; `trainer/node` has it on disk.

import { bestEpochSchema, calibrationSchema, type EpochMetrics } from "@fleuron/model";
import * as v from "valibot";
import { plateauSchema } from "../schedules/plateau.js";
import type { NamedTensor } from "../state.js";
import { fittedLengthSchema } from "./run-length.js";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** How far a run has come. All counts are from 0: `epoch` epochs are complete, and `step` steps of the next one. */
export const trainingProgressSchema = v.strictObject({
  epoch: count,
  step: count,
  /** Steps since the run began, over all epochs. */
  iterations: count,
  /** Sums over the steps of the epoch that is under way. */
  sums: v.strictObject({
    loss: v.number(),
    correct: v.number(),
    samples: v.number(),
    seconds: v.number(),
    dataWaitSeconds: v.number(),
  }),
  /** Lines of `metrics.jsonl` that belong to the completed epochs. */
  metricsLength: count,
  best: v.nullable(bestEpochSchema),
  /** Fitted to the weights at the end of the last complete epoch; absent before, and in runs that fitted none. */
  calibration: v.optional(calibrationSchema),
  /** Once a `plateau` schedule has reduced the rate. */
  plateau: v.optional(plateauSchema),
  /** Once the run's length was fitted to a time budget. */
  fitted: v.optional(fittedLengthSchema),
});

export type TrainingProgress = v.InferOutput<typeof trainingProgressSchema>;

/**
 * Its promises resolve when all is kept. The state changes when it was read to its end, of which nobody asks before it is taken.
 * `progress` may come later than the state, which may be taken meanwhile; where it is rejected, what was saved before stays.
 */
export interface CheckpointStore {
  /** Replaces the checkpoint to resume from, at once or not at all. */
  saveLast(
    progress: TrainingProgress | Promise<TrainingProgress>,
    state: AsyncIterable<NamedTensor>,
  ): Promise<void>;
  /** Replaces the best weights and statistics, at once or not at all; leaves them where the progress is undefined. */
  saveBest(
    progress: TrainingProgress | Promise<TrainingProgress | undefined>,
    state: AsyncIterable<NamedTensor>,
  ): Promise<void>;
  appendMetrics(metrics: EpochMetrics): Promise<void>;
}
