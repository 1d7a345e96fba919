export { cpuTrainingLowerings, type LoweringTable, onnxLowerings } from "./operations/index.js";
export { type ToOnnxOptions, toOnnx, updateName } from "./to-onnx.js";
