/** What is asked of a thread that makes inputs, and what it answers. */
import type { PreprocessingSpecification } from "@fleuron/model";
import type { UnreadablePhoto } from "@fleuron/runtime-node/photos";

export interface InputTask {
  readonly photos: readonly string[];
  readonly preprocessing: PreprocessingSpecification;
  /** The pixels that all threads together may hold. */
  readonly budget: SharedArrayBuffer;
}

export type PhotoRead = { readonly photo: string } | UnreadablePhoto;

export interface InputBatch {
  readonly photos: readonly PhotoRead[];
  /** The input of each photo, [photos, 3, height, width]: zeros for one that cannot be read. */
  readonly images: Float32Array<ArrayBuffer>;
}
