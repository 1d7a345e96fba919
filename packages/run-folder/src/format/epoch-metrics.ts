import type { EpochMetrics } from "@fleuron/model";
import * as v from "valibot";

const number = v.pipe(v.number(), v.finite());

export const epochMetricsSchema: v.GenericSchema<unknown, EpochMetrics> = v.object({
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1)),
  loss: number,
  accuracy: number,
  valLoss: number,
  valAccuracy: number,
  learningRate: number,
  seconds: number,
  imagesPerSecond: number,
  dataWait: number,
});
