import type { TrainerNodeApi } from "@fleuron/trainer";
import { RUNS_ROOT } from "../paths.js";

/** The run that was named, else the latest one. */
export const runOrLatest = (trainer: TrainerNodeApi, run: string | undefined): Promise<string> =>
  run === undefined ? trainer.latestRun(RUNS_ROOT) : Promise.resolve(run);
