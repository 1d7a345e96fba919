// What other workers of this house need: photos as numbers, a model in onnxruntime, and whether WebGPU works.
export { softwareObjection } from "../page/software-adapter.js";
export { webgpuProblem } from "../probe-webgpu.js";
export { type DecodeOptions, decodePhoto } from "./decode/decode-photo.js";
export { type OpenModel, openModel } from "./open-model.js";
