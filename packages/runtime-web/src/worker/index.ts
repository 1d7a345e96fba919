// What other workers of this house need: photos as numbers, and whether WebGPU works.
export { softwareObjection } from "../page/software-adapter.js";
export { webgpuProblem } from "../probe-webgpu.js";
export { type DecodeOptions, decodePhoto } from "./decode/decode-photo.js";
