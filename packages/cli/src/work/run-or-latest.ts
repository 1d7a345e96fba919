import type { TrainedRuns } from "../context.js";
import { RUNS_ROOT } from "../paths.js";

/** The run that was named, by its folder or as `runs/latest`, else the latest one. */
export const runOrLatest = (
  runs: Pick<TrainedRuns, "latestRun" | "runNamed">,
  run: string | undefined,
): Promise<string> => (run === undefined ? runs.latestRun(RUNS_ROOT) : runs.runNamed(run));
