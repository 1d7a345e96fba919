// The contract between a format and the writer of bundles: one trained network in, named bytes out.
import type { BundleFormat, BundleModel, BundlePrecision } from "@fleuron/model";
import type { TrainedModel } from "./trained-model.js";

/** A file of a bundle before it is written: its parts follow one another, so that no second copy is made. */
export interface EncodedFile {
  /** Relative to the bundle, with forward slashes. */
  readonly path: string;
  readonly parts: readonly Uint8Array[];
}

export interface EncodedModel extends Pick<BundleModel, "input" | "output"> {
  /** The first one is opened; it names the others. */
  readonly files: readonly EncodedFile[];
}

/** How a format's files are laid out, where it has a choice. Only ONNX has. */
export interface FileLayout {
  /** Whether an ONNX file holds all of its weights: for readers that open one file only. Default false. */
  readonly singleFile?: boolean;
  /** What an ONNX file takes: the normalised image, or bytes, which it normalises itself. Default "image". */
  readonly input?: "image" | "bytes";
}

export interface ModelFormat {
  readonly name: BundleFormat;
  /** What it can store; the others are skipped, or are an error when asked for by name. */
  readonly precisions: readonly BundlePrecision[];
  /**
   * The same model gives the same bytes.
   * @param model with weights that have passed `checkWeights`.
   * @throws FleuronError "precision-unsupported" for weights that the precision cannot hold,
   * "unsupported-operation" for what the format lacks.
   */
  encode(model: TrainedModel, precision: BundlePrecision, layout?: FileLayout): Promise<EncodedModel>;
}
