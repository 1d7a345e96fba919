export { GraphBuilder } from "./builder.js";
export { bindDimensions, shapePerPhoto } from "./dimensions.js";
export { gradients } from "./gradients.js";
export { type HeadChoice, headOf } from "./head/head-of.js";
export type { LinearLayer } from "./head/linear-layers.js";
export { type SplitNetwork, splitAtHead } from "./head/split-at-head.js";
export { type TrainableChoice, trainableParameters } from "./head/trainable-parameters.js";
export { type HeadOptions, type NewHead, withHead } from "./head/with-head.js";
export type { ImportedNetwork } from "./imported-network.js";
export { type InterpreterResult, interpret } from "./interpreter/interpret.js";
export {
  offsetOf,
  type ReferenceTensor,
  referenceTensor,
  tabulate,
} from "./interpreter/reference-tensor.js";
export { joinGraphs } from "./join-graphs.js";
export { type JoinedAxis, joinAxes, splitAxis } from "./joined-axis.js";
export { gradientName } from "./loss-and-gradients.js";
export { multiplicationsOf } from "./multiplications.js";
export { classifierGraph, inferenceGraph, trainingGraph } from "./network.js";
export { type NetworkDescription, networkOf } from "./network-of.js";
export type { NodeBuilder, Operation, Tensor } from "./operation.js";
export { absolute } from "./operations/absolute.js";
export { argMax } from "./operations/arg-max.js";
export { add, divide, multiply, negate, subtract } from "./operations/arithmetic.js";
export { averagePool } from "./operations/average-pool.js";
export type { AveragePoolAttributes } from "./operations/average-windows.js";
export { batchMatMul } from "./operations/batch-mat-mul.js";
export { type BatchNormResult, batchNorm, batchNormInference } from "./operations/batch-norm.js";
export { biasAdd } from "./operations/bias-add.js";
export { cast } from "./operations/cast.js";
export { type ClipAttributes, clip } from "./operations/clip.js";
export { greater, less, logicalAnd, logicalNot } from "./operations/comparisons.js";
export { concat } from "./operations/concat.js";
export { constant, constantTensor } from "./operations/constant.js";
export {
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  convTranspose2d,
} from "./operations/conv2d.js";
export { depthToSpace } from "./operations/depth-to-space.js";
export { equal } from "./operations/equal.js";
export { erf } from "./operations/erf.js";
export { exp, log, sigmoid, tanh } from "./operations/exponentials.js";
export { maximum, minimum } from "./operations/extremes.js";
export { gather } from "./operations/gather.js";
export { type AttributesOf, type OperationName, operationNamed, operations } from "./operations/index.js";
export { matMul } from "./operations/mat-mul.js";
export { type MaxPoolAttributes, maxPool } from "./operations/max-pool.js";
export { power } from "./operations/power.js";
export { reduceMax } from "./operations/reduce-max.js";
export { reduceMean } from "./operations/reduce-mean.js";
export type { ReduceOptions } from "./operations/reduction.js";
export { relu } from "./operations/relu.js";
export { reshape } from "./operations/reshape.js";
export { resize } from "./operations/resize.js";
export type { ResizeOptions } from "./operations/resize-taps.js";
export { pad, slice } from "./operations/slice-and-pad.js";
export { logSoftmax, softmax, softmaxCrossEntropy } from "./operations/softmax.js";
export { sqrt } from "./operations/sqrt.js";
export { broadcastLike, reduceSum } from "./operations/sum-and-broadcast.js";
export { transpose } from "./operations/transpose.js";
export { where } from "./operations/where.js";
export type { Conv2dAttributes } from "./operations/window.js";
export { replayGraph } from "./replay-graph.js";
export { broadcastShapes, type GraphErrorCode, isKnown, known, knownShape } from "./shapes.js";
export { graphText } from "./text.js";
export type { TrainableNetwork } from "./trainable-network.js";
export type {
  Attributes,
  AttributeValue,
  Dimension,
  DType,
  Graph,
  GraphInput,
  GraphNode,
  GraphVariable,
  InputRole,
  InputType,
  NamedValue,
  Shape,
  TensorType,
  ValueId,
} from "./types.js";
