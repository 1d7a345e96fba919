export { checkOnnx } from "./check-onnx.js";
export { checkProbabilities } from "./check-probabilities.js";
export { checkSignature, type ModelSignature, type TensorSignature } from "./check-signature.js";
export type { DescribedModel } from "./described-model.js";
export type { ModelCheckErrorCode } from "./errors.js";
