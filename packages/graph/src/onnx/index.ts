export type { ExternalPlace } from "./external-data.js";
export { cpuTrainingLowerings, type LoweringTable, onnxLowerings } from "./operations/index.js";
export type { HalfPrecision, ScaledIntegers, StoredValue } from "./stored-value.js";
export {
  type OnnxFiles,
  type ToOnnxOptions,
  toOnnx,
  toOnnxWithExternalData,
  updateName,
} from "./to-onnx.js";
export type { ConvolutionForms, Tiles } from "./winograd/forms.js";
