import type { Predictor } from "../context.js";
import { RUNS_ROOT } from "../paths.js";

/** The run that was named, else the latest one. */
export const runOrLatest = (
  trainer: Pick<Predictor, "latestRun">,
  run: string | undefined,
): Promise<string> => (run === undefined ? trainer.latestRun(RUNS_ROOT) : Promise.resolve(run));
