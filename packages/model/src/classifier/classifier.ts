// What a classifier is, in Node and in browsers alike. `runtime-node` and `runtime-web` implement it.
import type { BundleModel, Manifest } from "../manifest/index.js";
import type { LabelProbability } from "./rank-labels.js";

export interface ClassifyOptions {
  /** How many labels a photo gets, the most probable first. Default: all. */
  readonly topK?: number;
  /** Rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Milliseconds. Of a batch, `run` is the whole batch's. */
export interface ClassificationTimings {
  /** From the photo's bytes to pixels. */
  readonly decode: number;
  /** From pixels to the network's input. */
  readonly preprocess: number;
  readonly run: number;
}

export interface Classification {
  /** Highest probability first. */
  readonly predictions: readonly LabelProbability[];
  /** Whether the greatest probability is below the bundle's `rejectBelow`: none of these. False where it has none. */
  readonly rejected: boolean;
  readonly timings: ClassificationTimings;
}

/** A bundle's model, ready to name photos. `Photo` is what the platform knows photos as. */
export interface Classifier<Photo> extends AsyncDisposable {
  readonly manifest: Manifest;
  /** The one of the bundle's models that runs. */
  readonly model: BundleModel;
  /** What computes, in onnxruntime's words: "cpu", "wasm", "webgpu". */
  readonly executionProvider: string;
  classify(photo: Photo, options?: ClassifyOptions): Promise<Classification>;
  /** Several photos in one run of the model, in their order. */
  classify(photos: readonly Photo[], options?: ClassifyOptions): Promise<readonly Classification[]>;
  /** Gives its memory back. Safe to call twice; what is still running rejects with "classifier-disposed". */
  dispose(): Promise<void>;
}
