// The computing thread: an engine blocks it for a whole step, so that the main thread stays free for the
// terminal, signals and files.
import { parentPort, workerData } from "node:worker_threads";
import type { Job } from "./job.js";
import { type JobName, jobs } from "./jobs.js";
import { serveJob } from "./serve-job.js";

const { name, options } = workerData as { readonly name: JobName; readonly options: never };
const abort = new AbortController();
parentPort?.on("message", () => abort.abort());

await serveJob((await jobs[name]()) as Job<never, unknown, unknown>, options, {
  signal: abort.signal,
  post: (message) => parentPort?.postMessage(message),
});
// Deno's port has no `close`.
parentPort?.unref();
