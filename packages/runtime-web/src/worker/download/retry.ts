import type { FleuronError } from "@fleuron/model";

const ATTEMPTS = 4;
const FIRST_PAUSE_MILLISECONDS = 250;

/** A failure that may be gone at the next attempt. */
export class TransientFailure extends Error {
  readonly error: FleuronError;
  constructor(error: FleuronError) {
    super(error.message);
    this.error = error;
  }
}

/**
 * Calls `attempt` up to 4 times while it throws a {@link TransientFailure}, with pauses of about 0.25, 0.5 and 1
 * seconds, and throws the last one's error. An attempt that says `progressed` is followed by 4 new ones.
 */
export async function withRetries<Result>(
  attempt: (progressed: () => void) => Promise<Result>,
  signal: AbortSignal,
  attempts = ATTEMPTS,
): Promise<Result> {
  for (let failures = 0; ; ) {
    signal.throwIfAborted();
    try {
      return await attempt(() => {
        failures = 0;
      });
    } catch (failure) {
      signal.throwIfAborted();
      if (!(failure instanceof TransientFailure)) throw failure;
      if (++failures >= attempts) throw failure.error;
      await pause(FIRST_PAUSE_MILLISECONDS * 2 ** (failures - 1) * (0.75 + Math.random() / 2), signal);
    }
  }
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
