export { type ToOnnxOptions, toOnnx, updateName } from "./to-onnx.js";
