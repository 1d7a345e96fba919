import { on } from "node:events";
import { deserialiseError } from "@fleuron/model";
import { outOfMemory } from "@fleuron/training";
import { inThread } from "./in-thread.js";
import type { StartJob } from "./job-host.js";
import type { JobEvent, JobName, JobOptions, JobResult } from "./jobs.js";
import type { JobMessage } from "./messages.js";

/**
 * Runs a job beside this thread, in a thread of its own unless `start` says otherwise. Aborting `signal`, or leaving the
 * events early, asks the job to end in good order, and waits for it.
 */
export async function* runJob<Name extends JobName>(
  name: Name,
  options: JobOptions<Name>,
  signal?: AbortSignal,
  start: StartJob = inThread,
): AsyncGenerator<JobEvent<Name>, JobResult<Name>> {
  const { source, abort, ended } = start(name, options);
  const over = new AbortController();
  void ended.then((reason) => over.abort(reason));
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  try {
    for await (const [message] of on(source, "message", { signal: over.signal }) as AsyncIterable<
      [JobMessage]
    >) {
      if (message.kind === "event") yield message.event as JobEvent<Name>;
      else if (message.kind === "result") return message.result as JobResult<Name>;
      else throw message.kind === "aborted" ? signal?.reason : deserialiseError(message.error);
    }
  } catch (error) {
    const itEnded = over.signal.aborted && error instanceof Error && error.name === "AbortError";
    // Ctrl-C reaches a process too, and ends one that has not begun to heed its parent alone.
    throw itEnded ? (signal?.aborted ? signal.reason : over.signal.reason) : (outOfMemory(error) ?? error);
  } finally {
    signal?.removeEventListener("abort", abort);
    abort();
    await ended;
  }
  throw new Error("internal: a job ended without a result");
}
