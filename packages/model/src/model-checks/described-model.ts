import type { BundleModel, Manifest } from "../manifest/index.js";

/** A model and what its bundle's manifest says about it. */
export interface DescribedModel {
  readonly manifest: Pick<Manifest, "labels" | "preprocessing" | "output">;
  readonly model: BundleModel;
  /** What error messages call the model: the path or address of its first file. */
  readonly subject: string;
}
