// Where a classifier computes: a worker of its own, or the thread that asks for it.
import { runtimeError } from "../errors.js";
import { type FromWorker, type Port, type ToWorker, WORKER_NAME } from "../messages.js";

export interface Workplace {
  readonly port: Port;
  /** Gives all of its memory back. */
  end(): Promise<void>;
}

/** Called when the script cannot start, or has ended. */
type OnFailure = (error: ReturnType<typeof workerFailed>) => void;

export function startWorker(url: string, onFailure: OnFailure): Workplace {
  const name = WORKER_NAME + Math.random();
  let worker: Worker;
  try {
    worker = new Worker(url, { type: "module", name });
  } catch (cause) {
    throw workerFailed(url, String(cause), cause);
  }
  const fail = (reason: string) => {
    worker.terminate();
    onFailure(workerFailed(url, reason));
  };
  worker.onerror = ({ message }) => fail(message || "it did not load");
  // Chromium's workers have no `onmessageerror`.
  worker.addEventListener("messageerror", () => fail("a message came that cannot be read"));
  // A worker that closes itself, or that the browser ends, fires no event. But its lock becomes free.
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    if (!("id" in data) && data.type === "locked") {
      navigator.locks.request(name, () => fail("it has ended")).catch(() => undefined);
    }
  });
  return { port: worker, end: async () => worker.terminate() };
}

/** The same script as a module of this thread. */
export function startInline(url: string, onFailure: OnFailure): Workplace {
  const { port1, port2 } = new MessageChannel();
  import(/* webpackIgnore: true */ /* @vite-ignore */ url)
    .then(({ serve }) => serve(port2))
    .catch((cause) => onFailure(workerFailed(url, String(cause), cause)));
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
    hint: "Serve the files of @fleuron/runtime-web/dist from your own origin, or set workerBaseUrl; in a sandboxed frame set worker: false.",
    cause,
  });
