export type { MixedPrecision } from "./emitter.js";
export { graphDefJson, tensorInfoJson } from "./encode.js";
export type { GraphDefJson, TensorInfoJson } from "./generated/saved_model_pb.js";
export { inferenceNodes, type TensorflowGraph } from "./inference.js";
export type { TensorflowConstant, TensorflowNode, TensorflowPort } from "./node.js";
export { readSignature, type SavedModelOptions, toSavedModel, writeSignature } from "./saved-model.js";
export type { SavedModelSignature } from "./signature.js";
export type { MomentumUpdate } from "./updates.js";
