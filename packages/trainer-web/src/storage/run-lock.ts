import { trainerWebError } from "../errors.js";

/** Milliseconds; a worker that was ended a moment ago may still hold the lock. */
const PATIENCE = 2000;

const lockOf = (run: string): string => `fleuron-run ${run}`;

/** Does it unless the run is being written, here or in another tab; not where the browser gives no locks. */
export async function unlessHeld(run: string, work: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request(lockOf(run), { ifAvailable: true }, async (lock) => {
      if (lock) await work();
    });
  } catch (error) {
    if (!isDenied(error)) throw error;
  }
}

/** A page that may have no storage may have no locks. */
const isDenied = (error: unknown): boolean => error instanceof DOMException && error.name === "SecurityError";

/** Does what writes a run, in one tab at a time. @throws FleuronError "run-busy"; whatever `work` throws. */
export async function holdingRun<Result>(run: string, work: () => Promise<Result>): Promise<Result> {
  let isHeld = false;
  try {
    return await navigator.locks.request(lockOf(run), { signal: AbortSignal.timeout(PATIENCE) }, () => {
      isHeld = true;
      return work();
    });
  } catch (cause) {
    if (isHeld) throw cause;
    if (isDenied(cause)) return work();
    throw trainerWebError("run-busy", `The run '${run}' is being trained, here or in another tab.`, {
      subject: "run",
      hint: "Stop that training or close its tab, or train under another name with `run`.",
      cause,
    });
  }
}
