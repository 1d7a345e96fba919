import { type BundleModel, inputType } from "../manifest/index.js";
import { inputLength, levelsOf, type PreprocessingSpecification } from "../preprocessing/index.js";

/** A tensor for a runtime. */
export interface ModelInput {
  readonly type: "float32" | "uint8";
  readonly data: Float32Array | Uint8Array;
  readonly dims: readonly number[];
}

/**
 * A network's inputs as a bundle's ONNX model takes them: as they are, or as the bytes that they were made of.
 * @param images [photos, 3, height, width], as `preprocess` gives them.
 */
export function modelInput(
  images: Float32Array,
  model: Pick<BundleModel, "input">,
  preprocessing: PreprocessingSpecification,
): ModelInput {
  const type = inputType(model);
  const [, ...sides] = model.input.shape;
  const data = type === "uint8" ? levelsOf(images, preprocessing) : images;
  return { type, data, dims: [images.length / inputLength(preprocessing), ...sides] };
}
