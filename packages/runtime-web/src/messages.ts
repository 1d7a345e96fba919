/** What a page and the worker of a classifier say to each other. */
import type {
  BundleModel,
  BundlePrecision,
  Classification,
  FleuronErrorData,
  Manifest,
} from "@fleuron/model";
import type { ClassifierWarningEvent, DownloadProgressEvent } from "./events.js";
import type { ExecutionProvider } from "./page/options.js";

/** The beginning of the name of a classifier's worker, by which the script knows that it is to serve its own scope. */
export const WORKER_NAME = "fleuron-classifier";

/** The files of a bundle, by their paths in it. */
export type BundleFiles = Readonly<Record<string, Blob>>;

export interface LoadRequest {
  /** An address is absolute, its path with a slash at the end. */
  readonly bundle: string | BundleFiles;
  /** Absolute URL of the `.wasm` of the worker's build, where it has one. */
  readonly wasmUrl: string | undefined;
  /** To be tried in this order; not empty. */
  readonly executionProviders: readonly ExecutionProvider[];
  readonly precision: "auto" | BundlePrecision;
  readonly cache: boolean;
  readonly threads: number;
  readonly stallTimeout: number;
}

/** What can be sent to a worker without loss. A string is an absolute URL. */
export type SentPhoto = string | Blob | ImageBitmap | ImageData | VideoFrame;

export interface ClassifyRequest {
  readonly photos: readonly SentPhoto[];
  readonly topK: number | undefined;
}

export interface Requests {
  load: { request: LoadRequest; reply: LoadReply };
  classify: { request: ClassifyRequest; reply: readonly Classification[] };
  /** Gives the session back; only a classifier without a worker needs it. */
  dispose: { request: undefined; reply: undefined };
}
export type RequestType = keyof Requests;

export type ToWorker =
  | {
      [Type in RequestType]: {
        readonly id: number;
        readonly type: Type;
        readonly request: Requests[Type]["request"];
      };
    }[RequestType]
  /** Nobody waits for the request of this id any more. */
  | { readonly id: number; readonly type: "abort" };

/** What runs now, and what was tried before. */
export interface Execution {
  readonly executionProvider: ExecutionProvider;
  readonly fallbacks: readonly Fallback[];
}

export interface Fallback {
  readonly executionProvider: ExecutionProvider;
  /** How many threads it had, where it is only these that were given up: it was tried again with one. */
  readonly threads?: number;
  /** Why it was not taken, or was given up: half a sentence. */
  readonly reason: string;
}

export interface LoadReply extends Execution {
  readonly manifest: Manifest;
  readonly model: BundleModel;
}

/** What a worker begins to do. */
export interface Step {
  /** The end of a sentence that begins with "while". */
  readonly doing: string;
  /** How many times `stepTimeout` it may take; 0 where it has limits of its own. */
  readonly patience: number;
}

/** Downloading, keeping files, or waiting for another classifier of the thread. */
export const UNHURRIED: Step = { doing: "", patience: 0 };

export type FromWorker =
  | { readonly id: number; readonly type: "result"; readonly value: unknown }
  | { readonly id: number; readonly type: "error"; readonly error: FleuronErrorData }
  /** What the worker computes with cannot go on; why not is half a sentence. */
  | { readonly id: number; readonly type: "given-up"; readonly reason: string }
  | { readonly type: "event"; readonly event: DownloadProgressEvent | ClassifierWarningEvent }
  | { readonly type: "execution"; readonly execution: Execution }
  | ({ readonly type: "step" } & Step)
  /** The worker holds the lock of its name, as long as it lives. */
  | { readonly type: "locked" };

/** What a worker's global scope and a `MessagePort` have in common. */
export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}
