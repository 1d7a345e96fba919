// The worker that trains: one run, and then it is ended by its page.
import { FleuronError } from "@fleuron/model";
import { type FromWorker, type ToWorker, WORKER_NAME } from "../messages.js";
import { train } from "./train.js";

// onnxruntime's threads load this file too.
if (self.name === WORKER_NAME) serve();

function serve(): void {
  const abort = new AbortController();
  const post = (message: FromWorker) => self.postMessage(message);

  self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === "abort") return abort.abort();
    try {
      const trained = await train(data.request, {
        tell: (event) => post({ type: "event", event }),
        signal: abort.signal,
      });
      post({ type: "result", trained });
    } catch (error) {
      const known = error instanceof FleuronError ? error : new FleuronError("internal", String(error));
      post({ type: "error", error: known.toJSON() });
    }
  };
}
