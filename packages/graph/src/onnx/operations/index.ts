// The table of the ONNX dialect: one lowering per operation. The compiler lists what is missing.
import type { AttributesOf, OperationName } from "../../operations/index.js";
import type { Attributes } from "../../types.js";
import type { Lowering } from "../lowering.js";
import {
  winogradConv2d,
  winogradConv2dInputGradient,
  winogradConv2dKernelGradient,
} from "../winograd/winograd.js";
import { batchNorm, batchNormGradient, batchNormInference } from "./batch-norm.js";
import { biasAdd } from "./bias-add.js";
import { conv2d, conv2dInputGradient } from "./conv2d.js";
import { conv2dKernelGradient } from "./conv2d-kernel-gradient.js";
import {
  add,
  constant,
  divide,
  equal,
  minimum,
  multiply,
  relu,
  reluGradient,
  softmax,
  sqrt,
  subtract,
} from "./elementwise.js";
import { matMul } from "./mat-mul.js";
import { maxPool, maxPoolGradient } from "./max-pool.js";
import { argMax, reduceSum } from "./reductions.js";
import { broadcastLike, cast, reshape, transpose } from "./shape.js";
import { softmaxCrossEntropy, softmaxCrossEntropyGradient } from "./softmax-cross-entropy.js";

export type LoweringTable = { readonly [Name in OperationName]: Lowering<AttributesOf<Name>> };

export const onnxLowerings: LoweringTable = {
  add,
  argMax,
  batchNorm,
  batchNormGradient,
  batchNormInference,
  biasAdd,
  broadcastLike,
  cast,
  constant,
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  divide,
  equal,
  matMul,
  maxPool,
  maxPoolGradient,
  minimum,
  multiply,
  reduceSum,
  relu,
  reluGradient,
  reshape,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  sqrt,
  subtract,
  transpose,
};

/** The same for training in onnxruntime on a CPU, where convolutions take most of the time. */
export const cpuTrainingLowerings: LoweringTable = {
  ...onnxLowerings,
  conv2d: winogradConv2d,
  conv2dInputGradient: winogradConv2dInputGradient,
  conv2dKernelGradient: winogradConv2dKernelGradient,
};

/** The lowering of an operation of a finished graph, whose attributes were checked when it was built. */
export const loweringOf = (lowerings: LoweringTable, operation: string): Lowering<Attributes> =>
  lowerings[operation as OperationName] as unknown as Lowering<Attributes>;
