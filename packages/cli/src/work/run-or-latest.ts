import type { Predictor } from "../context.js";
import { RUNS_ROOT } from "../paths.js";

/** The run that was named, by its folder or as `runs/latest`, else the latest one. */
export const runOrLatest = (
  trainer: Pick<Predictor, "latestRun" | "runNamed">,
  run: string | undefined,
): Promise<string> => (run === undefined ? trainer.latestRun(RUNS_ROOT) : trainer.runNamed(run));
