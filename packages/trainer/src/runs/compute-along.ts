import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { FleuronError } from "@fleuron/model";
import type { SharedRun } from "@fleuron/mpi";
import { trainerError } from "@fleuron/training";
import { runJob } from "../jobs/run-job.js";

/** As a rule rank 0 lacks it too, says so, and the launcher ends all others before they say the same. */
const FIRST_SPEAKS_MS = 5000;

/**
 * What `train` and `resume` are on every rank but 0: no folder, no events. Ends with the run.
 * @throws FleuronError "rank-failed" with the rank and its machine.
 */
export async function* computeAlong(shared: SharedRun): AsyncGenerator<never, void> {
  try {
    yield* runJob("follow", shared);
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    if (error.code === "mpi-unavailable") await sleep(FIRST_SPEAKS_MS);
    throw trainerError("rank-failed", `Rank ${shared.launch.rank} on ${hostname()}: ${error.message}`, {
      subject: error.subject,
      hint: error.hint,
      cause: error,
    });
  }
}
