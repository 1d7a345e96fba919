export { checkOnnx } from "./check-onnx.js";
export { checkProbabilities } from "./check-probabilities.js";
export { checkSignature, type ModelSignature, type TensorSignature } from "./check-signature.js";
export type { DescribedModel } from "./described-model.js";
export type { ModelCheckErrorCode } from "./errors.js";
export { externalPlace, type OnnxTensor, readOnnx } from "./read-onnx.js";
