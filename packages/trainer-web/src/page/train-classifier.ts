import { FleuronError } from "@fleuron/model";
import { checkOptions } from "@fleuron/model/options";
import { browserFiles } from "../browser-files.js";
import { trainerWebError } from "../errors.js";
import type { TrainingEvent } from "../events.js";
import {
  type FromWorker,
  type NetworkFiles,
  type ToWorker,
  type TrainingRequest,
  WORKER_NAME,
  type WorkerFiles,
} from "../messages.js";
import { type TrainingOptions, trainingOptions } from "../options.js";
import type { LabelledPhoto } from "../photos/labelled-photo.js";
import { TrainedClassifier } from "./trained-classifier.js";

/** Where a page finds the worker and onnxruntime's WASM, and when it wants the run to end. */
export interface PageOptions {
  /** The folder of this package's files, where they do not lie beside its code. */
  readonly baseUrl?: string | URL;
  /** Ends the run after the step that is under way, with a checkpoint. */
  readonly signal?: AbortSignal;
}

export interface TrainClassifierOptions extends TrainingOptions, PageOptions {
  /**
   * A network that goes on with what it has learnt elsewhere: an ONNX file with its weights inside, or files by their paths,
   * such as a bundle's. Default: AlexNet with drawn weights.
   */
  readonly network?: NetworkFiles | undefined;
  /**
   * The weights to begin with: a safetensors file such as a run's `best.safetensors`, of a network of the same width. What
   * does not fit is drawn, such as the last layer for another number of classes, and a warning says so. Default: all are.
   */
  readonly initFrom?: Blob | undefined;
}

/**
 * Trains a classifier of photos in a worker of the page. No photo leaves the page. Leaving the events early
 * ends the training at once; what was saved stays.
 * @returns what has been trained; undefined where the run was stopped before its first epoch ended.
 * @throws FleuronError of {@link TrainerWebErrorCode}, of options and of photos; the signal's reason before training began.
 */
export async function* trainClassifier(
  photos: Iterable<LabelledPhoto>,
  { baseUrl, signal, initFrom, network, ...options }: TrainClassifierOptions = {},
): AsyncGenerator<TrainingEvent, TrainedClassifier | undefined> {
  checkOptions(trainingOptions, options);
  return yield* inWorker(
    { kind: "begin", photos: [...photos], options, initFrom, network },
    { baseUrl, signal },
  );
}

export interface ResumeTrainingOptions extends PageOptions {
  /** Default: as many as were planned. */
  readonly epochs?: number;
}

/** Goes on with a saved run from its last checkpoint, with the photos that it has. */
export async function* resumeTraining(
  run: string,
  { baseUrl, signal, epochs }: ResumeTrainingOptions = {},
): AsyncGenerator<TrainingEvent, TrainedClassifier | undefined> {
  return yield* inWorker({ kind: "resume", run, epochs }, { baseUrl, signal });
}

/**
 * What a saved run has trained: its best epoch, of those that are complete.
 * @throws FleuronError "run-missing"; "run-without-epochs" before the first epoch is complete.
 */
export async function openRun(
  run: string,
  { baseUrl }: Pick<PageOptions, "baseUrl"> = {},
): Promise<TrainedClassifier> {
  const { value } = await inWorker({ kind: "open", run }, { baseUrl }).next();
  return value as TrainedClassifier;
}

type Asked = TrainingRequest extends infer Request
  ? Request extends TrainingRequest
    ? Omit<Request, keyof WorkerFiles>
    : never
  : never;

async function* inWorker(
  asked: Asked,
  { baseUrl, signal }: { [Name in keyof PageOptions]: PageOptions[Name] | undefined },
): AsyncGenerator<TrainingEvent, TrainedClassifier | undefined> {
  signal?.throwIfAborted();
  if (!isSecureContext) throw insecure();
  const addressOf = (name: keyof typeof browserFiles) =>
    baseUrl === undefined ? browserFiles[name]() : new URL(name, folderUrl(baseUrl));
  const script = addressOf("fleuron-trainer.js");
  const files: WorkerFiles = {
    wasmUrl: addressOf("ort-wasm-simd-threaded.wasm").href,
    importerUrl: addressOf("fleuron-importer.js").href,
  };
  const worker = new Worker(script, { type: "module", name: WORKER_NAME });
  const messages: FromWorker[] = [];
  let failure: Error | undefined;
  let wake = () => {};
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    messages.push(data);
    wake();
  };
  worker.onerror = ({ message }) => {
    failure = trainerWebError("worker-failed", `The worker that trains has ended: ${message || script}.`, {
      hint: "Check that the page may load it (`baseUrl`), and that there is memory for a network of this size.",
    });
    wake();
  };
  const send = (message: ToWorker) => worker.postMessage(message);
  const abort = () => send({ type: "abort" });
  signal?.addEventListener("abort", abort, { once: true });
  try {
    send({ type: "train", request: { ...asked, ...files } as TrainingRequest });
    for (;;) {
      const message = messages.shift();
      if (message === undefined) {
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if (message.type === "event") yield message.event;
      else if (message.type === "error") throw FleuronError.fromJSON(message.error);
      else if (message.type === "aborted") throw signal?.reason;
      else return message.trained && new TrainedClassifier(message.trained);
    }
  } finally {
    signal?.removeEventListener("abort", abort);
    worker.terminate();
  }
}

const insecure = () =>
  trainerWebError("page-insecure", "A page that is not served over https cannot train.", {
    hint: "Serve it over https or from localhost: elsewhere browsers have neither hashes nor storage for it.",
  });

const folderUrl = (url: string | URL) => {
  const folder = new URL(url, globalThis.document?.baseURI ?? location.href);
  if (!folder.pathname.endsWith("/")) folder.pathname += "/";
  return folder;
};
