import { join } from "node:path";
import type { ProgressEvent, WarningEvent } from "@fleuron/model";
import { RUN_FILES } from "@fleuron/run-folder";
import { runJob } from "../jobs/run-job.js";
import type { TrainJobOptions } from "../jobs/train-job.js";

/**
 * Writes the report of a run that has ended, and returns its file. One that cannot be written is a warning: the run is as good
 * without it. Aborting `signal` leaves it unwritten.
 */
export async function* writeReport(
  job: TrainJobOptions,
  signal?: AbortSignal,
): AsyncGenerator<ProgressEvent | WarningEvent, string | null> {
  const { folder, plan, threads, data } = job;
  const checkpoint = join(folder, RUN_FILES.best);
  try {
    const { file } = yield* runJob(
      "report",
      { folder, plan, checkpoint, threads, data: { ...data, train: [] } },
      signal,
    );
    return file;
  } catch (error) {
    if (signal?.aborted) return null;
    const message = `The report could not be written: ${error instanceof Error ? error.message : String(error)}`;
    yield { type: "warning", code: "report-not-written", message };
    return null;
  }
}
