// The engine on onnxruntime, in an entry of its own: it brings the ONNX dialect with it, which only a step needs.
export { onCuda } from "./on-cuda.js";
export { type OnnxExecution, onProcessor } from "./on-processor.js";
export { OnnxEngine, type OnnxEngineOptions } from "./onnx-engine.js";
export type { OnnxRuntime } from "./onnx-runtime.js";
export { type OpenBody, openBody } from "./open-body.js";
export {
  type InPlaceEngine,
  type InPlaceOptions,
  openInPlace,
  type WeightsInPlace,
} from "./open-in-place.js";
export { type Destination, runInto, UNREADABLE } from "./run-into.js";
