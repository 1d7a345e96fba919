import type { Fallback, LoadRequest } from "../messages.js";
import { Connection } from "./connection.js";
import type { LoadOptions } from "./options.js";
import { Standstill } from "./standstill.js";
import { startInline, startWorker } from "./start-worker.js";
import { watchSteps } from "./step-watch.js";
import { ConnectedClassifier, disposedError, type Successor } from "./web-classifier.js";

export interface LoadOnceOptions extends Pick<LoadOptions, "signal" | "onProgress" | "onWarning"> {
  /** The address of the script that computes. */
  readonly url: string;
  readonly worker: boolean;
  readonly stepTimeout: number;
  /** What was tried before. */
  readonly fallbacks: readonly Fallback[];
  /** Loads another classifier where this one is given up later, for a reason that is half a sentence. */
  readonly successor: Successor;
}

/** One try at a load; what it has started ends when it fails. @throws Standstill; what the workplace says; the signal's reason. */
export async function loadOnce(request: LoadRequest, options: LoadOnceOptions): Promise<ConnectedClassifier> {
  const { url, worker, stepTimeout, fallbacks, successor, signal, onProgress, onWarning } = options;
  let classifier: ConnectedClassifier | undefined;
  const workplace = (worker ? startWorker : startInline)(url, (error) => connection.close(error));
  const connection = new Connection(workplace.port, (message) => {
    if (message.type === "step") watch.begin(message);
    else if (message.type === "execution") classifier?.changeExecution(message.execution);
    else if (message.type === "event") {
      if (message.event.type === "progress") onProgress?.(message.event);
      else onWarning?.(message.event);
    }
  });
  const watch = watchSteps(stepTimeout, (step) => connection.close(new Standstill(step)));
  const end = () => {
    connection.close(disposedError());
    return workplace.end();
  };
  try {
    const loaded = await connection.ask("load", request, signal);
    classifier = new ConnectedClassifier(loaded, { notTaken: fallbacks, connection, successor, end });
    return classifier;
  } catch (error) {
    void end();
    throw error;
  } finally {
    watch.end();
  }
}
