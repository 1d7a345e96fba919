import { trainerWebError } from "../errors.js";

/** Milliseconds; a worker that was ended a moment ago may still hold the lock. */
const PATIENCE = 2000;

/** Does what writes a run, in one tab at a time. @throws FleuronError "run-busy"; whatever `work` throws. */
export async function holdingRun<Result>(run: string, work: () => Promise<Result>): Promise<Result> {
  let isHeld = false;
  try {
    return await navigator.locks.request(
      `fleuron-run ${run}`,
      { signal: AbortSignal.timeout(PATIENCE) },
      () => {
        isHeld = true;
        return work();
      },
    );
  } catch (cause) {
    if (isHeld) throw cause;
    throw trainerWebError("run-busy", `The run '${run}' is being trained, here or in another tab.`, {
      subject: "run",
      hint: "Stop that training or close its tab, or train under another name with `run`.",
      cause,
    });
  }
}
