export { graphDefJson } from "./encode.js";
export type { GraphDefJson } from "./generated/saved_model_pb.js";
export { inferenceNodes, type TensorflowGraph, type TensorflowPort } from "./inference.js";
export type { TensorflowConstant, TensorflowNode } from "./node.js";
export { tensorflowLowerings } from "./operations/index.js";
