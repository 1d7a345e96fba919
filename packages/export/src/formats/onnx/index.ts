export { onnxFormat } from "./onnx-format.js";
