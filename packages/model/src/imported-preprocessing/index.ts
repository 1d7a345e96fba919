export { chosenPreprocessing, type PreprocessingChoice } from "./chosen.js";
export type { FoundPreprocessing } from "./found.js";
export { huggingFacePreprocessing } from "./hugging-face.js";
export { timmPreprocessing } from "./timm.js";
