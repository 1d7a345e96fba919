import type { SerialisedError } from "@fleuron/model";
import type { BatchSettings, ImageBatch } from "@fleuron/training/data";
import type { PhotoReference, PixelSource } from "../cache/pixel-reader.js";

export interface LabelledPhoto extends PhotoReference {
  readonly label: number;
}

export interface BatchWorkerData {
  readonly settings: BatchSettings;
  /** What `train` is read from: more than is cropped from it. */
  readonly pixels: PixelSource;
  /** What `val` is read from: the crops of the settings' views. */
  readonly valPixels: PixelSource;
  readonly train: readonly LabelledPhoto[];
  readonly val: readonly LabelledPhoto[];
}

/** What a thread is given. */
export interface BatchWorkerStart extends BatchWorkerData {
  /** The pixels that all threads together may hold. */
  readonly budget: SharedArrayBuffer;
}

export type BatchRequest =
  | { readonly id: number; readonly kind: "training"; readonly epoch: number; readonly step: number }
  | { readonly id: number; readonly kind: "evaluation"; readonly begin: number; readonly end: number };

/** Asks a data worker to end when what is under way is done. */
export const endOfRequests = "end";

export type BatchReply =
  | { readonly id: number; readonly batch: ImageBatch }
  | { readonly id: number; readonly error: SerialisedError };
