import type { NamedPhoto, PreprocessingSpecification } from "@fleuron/model";

/** A network for batches that are ready. */
export interface BatchClassifier extends AsyncDisposable {
  readonly preprocessing: PreprocessingSpecification;
  /**
   * @param images the inputs of `size` photos, [size, 3, height, width].
   * @returns what it says of each, in their order.
   */
  classify(images: Float32Array<ArrayBuffer>, size: number): Promise<readonly NamedPhoto[]>;
}
