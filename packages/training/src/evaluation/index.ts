export { calibrate, isFittedTo } from "./calibrate.js";
export { type EvaluationSums, evaluateBatches, type LabelledAnswer, softmax } from "./evaluate.js";
export { type EvaluatedNetwork, evaluationOf, evaluationOfPredictions } from "./evaluation-of.js";
