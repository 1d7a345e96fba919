// The computing thread: an engine blocks it for a whole step, so that the main thread stays free for the
// terminal, signals and files.
import { parentPort, workerData } from "node:worker_threads";
import { serialiseError } from "@fleuron/model";
import type { Job } from "./job.js";
import { type JobName, jobs } from "./jobs.js";
import type { JobMessage } from "./messages.js";

const { name, options } = workerData as { readonly name: JobName; readonly options: never };
const abort = new AbortController();
parentPort?.on("message", () => abort.abort());

const post = (message: JobMessage) => parentPort?.postMessage(message);
/** Lets messages in, such as the one that aborts. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

try {
  const events = (jobs[name] as Job<never, unknown, unknown>)(options, abort.signal);
  for (;;) {
    const { done, value } = await events.next();
    if (done) {
      post({ kind: "result", result: value });
      break;
    }
    post({ kind: "event", event: value });
    await turn();
  }
} catch (error) {
  const aborted = abort.signal.aborted && error === abort.signal.reason;
  post(aborted ? { kind: "aborted" } : { kind: "error", error: serialiseError(error) });
}
parentPort?.close();
