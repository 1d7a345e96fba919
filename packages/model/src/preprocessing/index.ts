export { type Box, centralSquare, wholeImage } from "./box.js";
export type { PreprocessingErrorCode } from "./errors.js";
export { fillInput } from "./fill-input.js";
export { flattenOnBackground, type Rgb } from "./flatten.js";
export { createImage, type RgbImage } from "./image.js";
export { inputLength, inputSides } from "./input-sides.js";
export { type Normalisation, normalise } from "./normalise.js";
export { notebookPreprocessing } from "./notebook.js";
export { preprocess } from "./preprocess.js";
export { type ResampleOptions, resample } from "./resample.js";
export { resizePhoto } from "./resize-photo.js";
export {
  isSquare,
  type PreprocessingSpecification,
  parsePreprocessing,
  preprocessingSchema,
  type ResampleFilter,
  resampleFilterSchema,
  type SquarePreprocessing,
  squarePreprocessingSchema,
} from "./specification.js";
