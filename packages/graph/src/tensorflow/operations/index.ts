// The table of the TensorFlow dialect: one lowering per operation. The compiler lists what is missing.
import type { AttributesOf, OperationName } from "../../operations/index.js";
import type { Attributes } from "../../types.js";
import type { Lowering } from "../lowering.js";
import { batchNorm, batchNormGradient, batchNormInference } from "./batch-norm.js";
import { biasAdd } from "./bias-add.js";
import { conv2d, conv2dInputGradient, conv2dKernelGradient } from "./conv2d.js";
import {
  add,
  constant,
  divide,
  equal,
  minimum,
  multiply,
  relu,
  reluGradient,
  sqrt,
  subtract,
} from "./elementwise.js";
import { matMul } from "./mat-mul.js";
import { maxPool, maxPoolGradient } from "./max-pool.js";
import { argMax, reduceSum } from "./reductions.js";
import { broadcastLike, cast, reshape, transpose } from "./shape.js";
import { softmax, softmaxCrossEntropy, softmaxCrossEntropyGradient } from "./softmax.js";

export const tensorflowLowerings: { readonly [Name in OperationName]: Lowering<AttributesOf<Name>> } = {
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

/** The lowering of an operation of a finished graph, whose attributes were checked when it was built. */
export const loweringOf = (operation: string): Lowering<Attributes> =>
  tensorflowLowerings[operation as OperationName] as unknown as Lowering<Attributes>;
