// What runs a bundle's models for verification. To add one: a file beside and a line in the table of `index.ts`.
import type { BundleFormat, BundleModel } from "@fleuron/model";
import type { Bundle } from "@fleuron/runtime-node";

export interface ModelRunner {
  /** As the report has it: "onnxruntime-node". */
  readonly name: string;
  readonly format: BundleFormat;
  /** The most photos that it gets: slow ones get a sample. */
  readonly maxPhotos: number;
  /**
   * Opens a model whose files are those of the manifest, to run it on so many photos.
   * @throws FleuronError when it is not what the manifest says; Error when it cannot be used.
   */
  open(bundle: Bundle, model: BundleModel, photos: number): Promise<RunnableModel>;
}

export interface RunnableModel extends AsyncDisposable {
  /** @param images [batch, channels, height, width], whatever the model's own layout. */
  run(images: Float32Array, batch: number): Promise<ModelRun>;
}

export interface ModelRun {
  /** [batch, labels]. */
  readonly probabilities: Float32Array;
  /** The time of the computation alone. */
  readonly milliseconds: number;
}
