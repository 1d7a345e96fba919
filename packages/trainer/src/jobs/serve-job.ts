import { originalError, serialiseError } from "@fleuron/model";
import type { Job } from "./job.js";
import type { JobMessage } from "./messages.js";

/** Lets messages in, such as the one that aborts. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Does a job where it was sent to, and answers with its events, and then its result or its error. */
export async function serveJob<Options>(
  job: Job<Options, unknown, unknown>,
  options: Options,
  { signal, post }: { readonly signal: AbortSignal; readonly post: (message: JobMessage) => void },
): Promise<void> {
  try {
    const events = job(options, signal);
    for (;;) {
      const { done, value } = await events.next();
      if (done) {
        post({ kind: "result", result: value });
        return;
      }
      post({ kind: "event", event: value });
      await turn();
    }
  } catch (error) {
    const aborted = signal.aborted && originalError(error) === signal.reason;
    post(aborted ? { kind: "aborted" } : { kind: "error", error: serialiseError(error) });
  }
}
