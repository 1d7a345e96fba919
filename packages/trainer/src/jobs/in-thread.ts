import { SHARE_ENV, Worker } from "node:worker_threads";
import type { StartJob } from "./job-host.js";

/** A thread that is ended inside native code would take the process with it: it is asked to end, and waited for. */
export const inThread: StartJob = (name, options) => {
  const worker = new Worker(new URL("./job-worker.js", import.meta.url), {
    workerData: { name, options },
    // Native libraries read variables of the process, not of a thread.
    env: SHARE_ENV,
  });
  let failure: Error | undefined;
  worker.once("error", (error) => {
    failure = error;
  });
  const ended = new Promise<Error>((resolve) => {
    worker.once("exit", (code) =>
      resolve(failure ?? new Error(`The computing thread ended with code ${code}.`)),
    );
  });
  return { source: worker, abort: () => worker.postMessage("abort"), ended };
};
