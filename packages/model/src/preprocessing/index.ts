export { type Box, centralSquare, wholeImage } from "./box.js";
export type { PreprocessingErrorCode } from "./errors.js";
export { fillInput } from "./fill-input.js";
export { flattenOnBackground, type Rgb } from "./flatten.js";
export { createImage, type RgbImage } from "./image.js";
export { inputLength, inputSides } from "./input-sides.js";
export { levelsOf } from "./levels.js";
export { mosaicInput } from "./mosaic.js";
export { colourOf, type Normalisation, normalise } from "./normalise.js";
export { notebookPreprocessing } from "./notebook.js";
export { preprocess } from "./preprocess.js";
export { type ResampleOptions, resample } from "./resample.js";
export { resizePhoto } from "./resize-photo.js";
export { sideSchema } from "./side.js";
export {
  type PreprocessingSpecification,
  parsePreprocessing,
  preprocessingSchema,
  type ResampleFilter,
  resampleFilterSchema,
} from "./specification.js";
export { isSquare, type SquarePreprocessing } from "./square.js";
export { squarePreprocessingSchema } from "./square-schema.js";
