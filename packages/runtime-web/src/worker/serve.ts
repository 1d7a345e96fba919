// The worker's end of a classifier: requests in, results out.
import { FleuronError, type FleuronErrorData } from "@fleuron/model";
import { GivenUp } from "../given-up.js";
import type { FromWorker, Port, Requests, RequestType, ToWorker } from "../messages.js";
import { failureOf } from "./failures.js";
import { LoadedClassifier } from "./loaded-classifier.js";
import type { ModelRuntime } from "./model-runtime.js";

/** Answers what comes through `port`, for the one classifier that its first request loads. */
export function serve(runtime: ModelRuntime, port: Port): void {
  const running = new Map<number, AbortController>();
  const classifier: Answers = new LoadedClassifier(runtime, (message) => port.postMessage(message));

  async function answer<Type extends RequestType>(
    id: number,
    type: Type,
    request: Requests[Type]["request"],
  ): Promise<FromWorker> {
    const aborted = new AbortController();
    running.set(id, aborted);
    try {
      return { id, type: "result", value: await classifier[type](request, aborted.signal) };
    } catch (error) {
      if (error instanceof GivenUp) return { id, type: "given-up", reason: error.message };
      return { id, type: "error", error: dataOf(error) };
    } finally {
      running.delete(id);
    }
  }

  // A request that cannot be read has no id to answer to: as an error of the worker it ends all that wait.
  port.onmessageerror = () => {
    throw new Error("a message came that cannot be read");
  };
  port.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === "abort") running.get(data.id)?.abort();
    else port.postMessage(await answer(data.id, data.type, data.request));
  };
}

/** Serves the page that has started this worker, and holds a lock by which it sees that the worker lives. */
export function serveOwner(runtime: ModelRuntime): void {
  serve(runtime, self);
  navigator.locks
    ?.request(self.name, () => {
      self.postMessage({ type: "locked" } satisfies FromWorker);
      return new Promise(() => undefined);
    })
    .catch(() => undefined);
}

type Answers = {
  readonly [Type in RequestType]: (
    request: Requests[Type]["request"],
    signal: AbortSignal,
  ) => Promise<Requests[Type]["reply"]>;
};

const dataOf = (error: unknown): FleuronErrorData =>
  (error instanceof FleuronError ? error : failureOf(error, "the model")).toJSON();
