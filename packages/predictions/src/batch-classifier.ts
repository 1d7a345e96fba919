import type { LabelProbability, PreprocessingSpecification } from "@fleuron/model";

/** A network for batches that are ready. */
export interface BatchClassifier extends AsyncDisposable {
  readonly preprocessing: PreprocessingSpecification;
  /**
   * @param images the inputs of `size` photos, [size, 3, height, width].
   * @returns for each its most probable labels, in falling order.
   */
  classify(
    images: Float32Array<ArrayBuffer>,
    size: number,
  ): Promise<readonly (readonly LabelProbability[])[]>;
}
