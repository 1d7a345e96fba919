import type { Job } from "./job.js";
import type { JobMessage } from "./messages.js";
import { serveJob } from "./serve-job.js";

/** Does the job that the parent sends, and ends with it, or with the parent. */
export async function serveInProcess<Name>(
  jobNamed: (name: Name) => Promise<Job<never, unknown, unknown>>,
): Promise<void> {
  // A terminal sends its signals to all of its processes: the parent decides what they mean.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"] as const)
    process.on(signal, () => undefined);
  // Once the parent is gone, another process may resume the run and take its lock: nothing may be written from then on.
  process.once("disconnect", () => process.exit());
  const abort = new AbortController();
  const { name, options } = await new Promise<{ readonly name: Name; readonly options: never }>((resolve) => {
    process.once("message", (request) => {
      process.on("message", () => abort.abort());
      resolve(request as never);
    });
  });
  let sent: Promise<unknown> = Promise.resolve();
  const post = (message: JobMessage) => {
    sent = new Promise((done) => process.send?.(message, done));
  };
  await serveJob(await jobNamed(name), options, { signal: abort.signal, post });
  await sent;
  process.exit();
}
