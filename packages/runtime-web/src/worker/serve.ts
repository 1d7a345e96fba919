// The worker's end of a classifier: requests in, results out.
import { FleuronError, type FleuronErrorData } from "@fleuron/model";
import type { FromWorker, Port, Requests, RequestType, ToWorker } from "../messages.js";
import { failureOf } from "./failures.js";
import { LoadedClassifier } from "./loaded-classifier.js";
import type { OnnxRuntime } from "./onnxruntime.js";
import type { WebgpuSupport } from "./webgpu-support.js";

/** Answers what comes through `port`, for the one classifier that its first request loads. */
export function serve(ort: OnnxRuntime, port: Port, webgpu?: WebgpuSupport): void {
  const running = new Map<number, AbortController>();
  const classifier = new LoadedClassifier(ort, webgpu, (message) => port.postMessage(message));
  const answers: { [Type in RequestType]: Answer<Type> } = {
    load: (request, signal) => classifier.load(request, signal),
    classify: (request, signal) => classifier.classify(request, signal),
    dispose: () => classifier.dispose(),
  };

  async function answer<Type extends RequestType>(
    id: number,
    type: Type,
    request: Requests[Type]["request"],
  ): Promise<FromWorker> {
    const aborted = new AbortController();
    running.set(id, aborted);
    try {
      return { id, type: "result", value: await answers[type](request, aborted.signal) };
    } catch (error) {
      return { id, type: "error", error: dataOf(error) };
    } finally {
      running.delete(id);
    }
  }

  port.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === "abort") running.get(data.id)?.abort();
    else port.postMessage(await answer(data.id, data.type, data.request));
  };
}

type Answer<Type extends RequestType> = (
  request: Requests[Type]["request"],
  signal: AbortSignal,
) => Promise<Requests[Type]["reply"]>;

const dataOf = (error: unknown): FleuronErrorData =>
  (error instanceof FleuronError ? error : failureOf(error, "the model")).toJSON();
