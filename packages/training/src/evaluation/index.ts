export { calibrate, isFittedTo } from "./calibrate.js";
export { type EvaluationSums, type LabelledAnswer, softmax } from "./evaluate.js";
export { type EvaluatePhotosOptions, evaluatePhotos } from "./evaluate-photos.js";
export { type EvaluatedNetwork, evaluationOf, evaluationOfPredictions } from "./evaluation-of.js";
export { finiteLogits } from "./finite-logits.js";
