export { checkOnnxFile } from "./check-onnx-file.js";
export { checkProbabilities } from "./check-probabilities.js";
export { checkSignature, type ModelSignature, type TensorSignature } from "./check-signature.js";
export type { DescribedModel } from "./described-model.js";
export type { ModelCheckErrorCode } from "./errors.js";
