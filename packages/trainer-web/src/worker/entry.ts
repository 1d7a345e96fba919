// The worker that trains: one request, and then it is ended by its page.
import { FleuronError } from "@fleuron/model";
import { type FromWorker, type ToWorker, WORKER_NAME } from "../messages.js";
import { answer } from "./answer.js";

// onnxruntime's threads load this file too.
if (self.name === WORKER_NAME) serve();

function serve(): void {
  const abort = new AbortController();
  const post = (message: FromWorker) => self.postMessage(message);

  self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === "abort") return abort.abort();
    try {
      const trained = await answer(data.request, {
        tell: (event) => post({ type: "event", event }),
        signal: abort.signal,
      });
      post({ type: "result", trained });
    } catch (error) {
      if (abort.signal.aborted && error === abort.signal.reason) return post({ type: "aborted" });
      const known = error instanceof FleuronError ? error : new FleuronError("internal", String(error));
      post({ type: "error", error: known.toJSON() });
    }
  };
}
