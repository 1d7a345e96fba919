import { on, once } from "node:events";
import { SHARE_ENV, Worker } from "node:worker_threads";
import { deserialiseError } from "@fleuron/model";
import type { JobEvent, JobName, JobOptions, JobResult } from "./jobs.js";
import type { JobMessage } from "./messages.js";

/**
 * Runs a job in a thread of its own. Aborting `signal`, or leaving the events early, asks the job to end in good
 * order; a thread that is ended inside native code would take the process with it.
 */
export async function* runJob<Name extends JobName>(
  name: Name,
  options: JobOptions<Name>,
  signal?: AbortSignal,
): AsyncGenerator<JobEvent<Name>, JobResult<Name>> {
  const worker = new Worker(new URL("./job-worker.js", import.meta.url), {
    workerData: { name, options },
    // Native libraries read variables of the process, not of a thread.
    env: SHARE_ENV,
  });
  const abort = () => worker.postMessage("abort");
  const exited = once(worker, "exit");
  // An error of the thread reaches the caller through the messages; this promise only says that it is gone.
  exited.catch(() => undefined);
  const ended = new AbortController();
  worker.once("exit", (code) => ended.abort(new Error(`The computing thread ended with code ${code}.`)));
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  try {
    for await (const [message] of on(worker, "message", { signal: ended.signal }) as AsyncIterable<
      [JobMessage]
    >) {
      if (message.kind === "event") yield message.event as JobEvent<Name>;
      else if (message.kind === "result") return message.result as JobResult<Name>;
      else throw message.kind === "aborted" ? signal?.reason : deserialiseError(message.error);
    }
  } catch (error) {
    throw ended.signal.aborted && error instanceof Error && error.name === "AbortError"
      ? ended.signal.reason
      : error;
  } finally {
    signal?.removeEventListener("abort", abort);
    abort();
    await exited.catch(() => undefined);
  }
  throw new Error("internal: a job ended without a result");
}
