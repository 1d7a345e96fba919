/** What a page and the worker that trains for it say to each other. */
import type { FleuronErrorData } from "@fleuron/model";
import type { TrainingEvent } from "./events.js";
import type { TrainingOptions } from "./options.js";
import type { LabelledPhoto } from "./photos/labelled-photo.js";

/** The name of the worker that trains, by which its script knows it from the threads of onnxruntime. */
export const WORKER_NAME = "fleuron-trainer";

/** Where the worker finds what it loads. Absolute URLs. */
export interface WorkerFiles {
  readonly wasmUrl: string;
  readonly importerUrl: string;
}

/** An ONNX file with its weights inside, or files by their paths: a bundle, or a model with what lies beside it. */
export type NetworkFiles = Blob | Readonly<Record<string, Blob>>;

export type TrainingRequest = WorkerFiles &
  (
    | {
        readonly kind: "begin";
        readonly photos: readonly LabelledPhoto[];
        readonly options: TrainingOptions;
        readonly initFrom: Blob | undefined;
        readonly network: NetworkFiles | undefined;
      }
    | { readonly kind: "resume"; readonly run: string; readonly epochs: number | undefined }
    | { readonly kind: "open"; readonly run: string }
  );

export type ToWorker =
  | { readonly type: "train"; readonly request: TrainingRequest }
  | { readonly type: "abort" };

/** A bundle, and what its run has kept: the files by their paths. */
export interface TrainedFiles {
  readonly run: string;
  readonly bundle: Readonly<Record<string, Blob>>;
  readonly kept: Readonly<Record<string, Blob>>;
}

export type FromWorker =
  | { readonly type: "event"; readonly event: TrainingEvent }
  | { readonly type: "result"; readonly trained: TrainedFiles | undefined }
  | { readonly type: "error"; readonly error: FleuronErrorData }
  /** Before training began: nothing is left of it. */
  | { readonly type: "aborted" };
