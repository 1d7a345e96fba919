// What is known of a run that is under way, from its events.
import type { EpochMetrics, ProgressEvent } from "@fleuron/model";
import type { RunStartEvent, TrainingEvent } from "@fleuron/trainer-web";
import type { Point } from "./curves.js";

type Step = Extract<TrainingEvent, { readonly type: "step" }>;

export interface Course {
  /** Reading the photos, before the run begins. */
  readonly reading: ProgressEvent | undefined;
  readonly run: RunStartEvent | undefined;
  readonly step: Step | undefined;
  /** The epochs that are complete. */
  readonly epochs: readonly EpochMetrics[];
}

/** @param epochs those from before a run was resumed. */
export const newCourse = (epochs: readonly EpochMetrics[] = []): Course => ({
  reading: undefined,
  run: undefined,
  step: undefined,
  epochs,
});

export function after(course: Course, event: TrainingEvent): Course {
  switch (event.type) {
    case "progress":
      // Later there is progress of validation, which is short.
      return course.run ? course : { ...course, reading: event };
    case "run":
      return { ...course, reading: undefined, run: event };
    case "step":
      return { ...course, step: event };
    case "epoch":
      // A run that is resumed may do its last epoch again.
      return {
        ...course,
        step: undefined,
        epochs: [...course.epochs.filter(({ epoch }) => epoch < event.epoch), event],
      };
    default:
      return course;
  }
}

/** How much of the run is done, from 0 to 1. */
export function shareDone({ reading, run, step, epochs }: Course): number {
  if (reading) return reading.completed / reading.total;
  if (run === undefined) return 0;
  const epoch = step ? step.epoch - 1 + step.step / step.stepsPerEpoch : (epochs.at(-1)?.epoch ?? 0);
  return epoch / run.epochs;
}

/** One of the run's figures as a line. */
export const lineOf = (
  { epochs, step }: Course,
  figure: "loss" | "accuracy" | "valLoss" | "valAccuracy",
): readonly Point[] => {
  const points = epochs.map((metrics) => ({ epoch: metrics.epoch, value: metrics[figure] }));
  if (step === undefined || figure === "valLoss" || figure === "valAccuracy") return points;
  return [...points, { epoch: step.epoch - 1 + step.step / step.stepsPerEpoch, value: step[figure] }];
};
