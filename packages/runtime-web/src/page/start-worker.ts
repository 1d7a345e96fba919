// Where a classifier computes: a worker of its own, or the thread that asks for it.
import { runtimeError } from "../errors.js";
import { type Port, type ToWorker, WORKER_NAME } from "../messages.js";

export interface Workplace {
  readonly port: Port;
  /** Gives all of its memory back. */
  end(): Promise<void>;
}

/** @param onFailure is called when the worker cannot start, or has died. */
export function startWorker(
  url: string,
  onFailure: (error: ReturnType<typeof workerFailed>) => void,
): Workplace {
  let worker: Worker;
  try {
    worker = new Worker(url, { type: "module", name: WORKER_NAME });
  } catch (cause) {
    throw workerFailed(url, String(cause), cause);
  }
  worker.onerror = ({ message }) => onFailure(workerFailed(url, message || "it did not load"));
  return { port: worker, end: async () => worker.terminate() };
}

/** The same script as a module of this thread. */
export async function startInline(url: string): Promise<Workplace> {
  const { port1, port2 } = new MessageChannel();
  try {
    const script = await import(/* webpackIgnore: true */ /* @vite-ignore */ url);
    script.serve(port2);
  } catch (cause) {
    throw workerFailed(url, String(cause), cause);
  }
  return {
    port: port1,
    end: () =>
      new Promise((resolve) => {
        port1.onmessage = ({ data }) => {
          if (data.id !== 0) return;
          port1.close();
          resolve();
        };
        port1.postMessage({ id: 0, type: "dispose", request: undefined } satisfies ToWorker);
      }),
  };
}

const workerFailed = (url: string, reason: string, cause?: unknown) =>
  runtimeError("worker-failed", `The classifier's script ${url} failed: ${reason}.`, {
    subject: url,
    hint: "Serve the files of @fleuron/runtime-web/dist from your own origin, or set workerBaseUrl.",
    cause,
  });
