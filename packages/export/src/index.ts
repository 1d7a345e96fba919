export { checkWeights } from "./check-weights.js";
export type { ExportErrorCode } from "./errors.js";
export type { EncodedFile, EncodedModel, ModelFormat } from "./format.js";
export { formats } from "./formats/index.js";
export { onnxFormat } from "./formats/onnx/index.js";
export { tfjsGraphFormat } from "./formats/tfjs-graph/index.js";
export { type ModelChoice, type SelectedModels, selectModels } from "./select-models.js";
export type { TrainedModel } from "./trained-model.js";
