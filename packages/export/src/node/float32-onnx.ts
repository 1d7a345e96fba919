import type { BundleModel, Manifest } from "@fleuron/model";

/** The model of a bundle that others are compared with, where it has one. */
export const float32Onnx = ({ models }: Pick<Manifest, "models">): BundleModel | undefined =>
  models.find(({ format, precision }) => format === "onnx" && precision === "float32");
