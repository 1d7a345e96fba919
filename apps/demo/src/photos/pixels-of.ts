import { FleuronError, type FleuronErrorData, type Rgb } from "@fleuron/model";
import type { Pixels } from "../heat-map/occlude.js";

export interface Question {
  readonly photo: Blob;
  readonly background: Rgb;
}

export type Answer = { readonly pixels: Pixels } | { readonly error: FleuronErrorData };

const SCRIPT = "pixels-worker.js";

/**
 * A photo as the classifier reads it, made small beside the page's own thread.
 * @throws FleuronError of reading a photo, "worker-failed"; the signal's reason.
 */
export async function pixelsOf(photo: Blob, background: Rgb, signal: AbortSignal): Promise<Pixels> {
  signal.throwIfAborted();
  const worker = new Worker(SCRIPT, { type: "module" });
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
      worker.onerror = ({ message }) => reject(workerFailed(message || "it did not load"));
      worker.postMessage({ photo, background } satisfies Question);
    });
    if ("error" in answer) throw FleuronError.fromJSON(answer.error);
    return answer.pixels;
  } finally {
    worker.terminate();
  }
}

const workerFailed = (reason: string) =>
  new FleuronError("worker-failed", `The page's script ${SCRIPT} failed: ${reason}.`, {
    kind: "machine",
    subject: SCRIPT,
  });
