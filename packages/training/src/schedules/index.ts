// Learning rates over the course of a run. To add one: a schema and a case here.
import { unreachable } from "@fleuron/model";
import * as v from "valibot";

const positive = v.pipe(v.number(), v.gtValue(0));

export const scheduleSchema = v.variant("type", [
  /** learningRate ÷ (1 + decay × iteration), iterations counted from 0: Keras' `decay`, which is no weight decay. */
  v.strictObject({
    type: v.literal("inverseTime"),
    learningRate: positive,
    decay: v.pipe(v.number(), v.minValue(0)),
  }),
  /** Linear from 0 to the peak over the warm-up, then half a cosine down to 0 at the run's end. */
  v.strictObject({
    type: v.literal("warmupCosine"),
    learningRate: positive,
    warmupEpochs: v.pipe(v.number(), v.minValue(0)),
  }),
  /** Multiplied by `factor` whenever `patience` epochs brought no higher validation accuracy. */
  v.strictObject({
    type: v.literal("plateau"),
    learningRate: positive,
    factor: v.pipe(positive, v.ltValue(1)),
    patience: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** The rate never falls below this. */
    minimum: positive,
  }),
]);

export type Schedule = v.InferOutput<typeof scheduleSchema>;

const ANNEALS: { readonly [type in Schedule["type"]]: boolean } = {
  inverseTime: false,
  warmupCosine: true,
  plateau: false,
};

/** Whether the rate has come to nothing when the run ends, so that its last weights are at rest. */
export const anneals = ({ type }: Schedule): boolean => ANNEALS[type];

export interface ScheduleMoment {
  /** Steps since the run began, from 0. */
  readonly iteration: number;
  readonly stepsPerEpoch: number;
  /** The epochs of the whole run; a fraction where the last epoch is cut short. */
  readonly epochs: number;
  /** How often the rate has been reduced; default 0. */
  readonly reductions?: number;
}

export function learningRateAt(
  schedule: Schedule,
  { iteration, stepsPerEpoch, epochs, reductions = 0 }: ScheduleMoment,
): number {
  switch (schedule.type) {
    case "inverseTime":
      return schedule.learningRate / (1 + schedule.decay * iteration);
    case "warmupCosine": {
      const warmup = Math.min(schedule.warmupEpochs, epochs / 2) * stepsPerEpoch;
      if (iteration < warmup) return (schedule.learningRate * (iteration + 1)) / (warmup + 1);
      const progress = (iteration - warmup) / Math.max(1, epochs * stepsPerEpoch - warmup);
      return (schedule.learningRate * (1 + Math.cos(Math.PI * progress))) / 2;
    }
    case "plateau": {
      const { learningRate, factor, minimum } = schedule;
      return Math.max(learningRate * factor ** reductions, Math.min(learningRate, minimum));
    }
    default:
      return unreachable(schedule);
  }
}
