import { type ProgressEvent, progress } from "@fleuron/model";
import { stepTime, type TrainingPlan } from "@fleuron/training";
import { loadEngine } from "../engines/index.js";
import type { Job } from "./job.js";

export interface SpeedJobOptions {
  readonly engine: string;
  readonly plan: TrainingPlan;
  readonly threads: number | undefined;
}

/** Photos that an engine trains in a second, from a few steps of made-up ones. */
export const speedJob: Job<SpeedJobOptions, ProgressEvent, number> = async function* (
  { engine: name, plan, threads },
  signal,
) {
  yield progress("measuring the engine", 0, 1, "engines");
  await using engine = await (await loadEngine(name)).create(plan, {
    signal,
    ...(threads !== undefined && { threads }),
  });
  return (1000 * plan.batchSize) / (await stepTime(engine, plan, signal));
};
