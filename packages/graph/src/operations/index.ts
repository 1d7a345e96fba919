// The table of operations. To add one: a file here, a line below, and a lowering in each dialect.
import { entryNamed } from "../entry-named.js";
import type { Operation } from "../operation.js";
import { absoluteOperation } from "./absolute.js";
import { argMaxOperation } from "./arg-max.js";
import { addOperation, divideOperation, multiplyOperation, subtractOperation } from "./arithmetic.js";
import { averagePoolGradientOperation, averagePoolOperation } from "./average-pool.js";
import { batchMatMulOperation } from "./batch-mat-mul.js";
import { batchNormGradientOperation, batchNormInferenceOperation, batchNormOperation } from "./batch-norm.js";
import { biasAddOperation } from "./bias-add.js";
import { castOperation } from "./cast.js";
import { clipOperation } from "./clip.js";
import { greaterOperation, lessOperation, logicalAndOperation, logicalNotOperation } from "./comparisons.js";
import { concatOperation } from "./concat.js";
import { constantOperation, constantTensorOperation } from "./constant.js";
import { conv2dInputGradientOperation, conv2dKernelGradientOperation, conv2dOperation } from "./conv2d.js";
import { equalOperation } from "./equal.js";
import { erfOperation } from "./erf.js";
import { expOperation, logOperation, sigmoidOperation, tanhOperation } from "./exponentials.js";
import { maximumOperation, minimumOperation } from "./extremes.js";
import { gatherOperation, scatterAddOperation } from "./gather.js";
import { matMulOperation } from "./mat-mul.js";
import { maxPoolGradientOperation, maxPoolOperation } from "./max-pool.js";
import { powerOperation } from "./power.js";
import { reduceMaxOperation } from "./reduce-max.js";
import { reluGradientOperation, reluOperation } from "./relu.js";
import { reshapeOperation } from "./reshape.js";
import { padOperation, sliceOperation } from "./slice-and-pad.js";
import {
  logSoftmaxOperation,
  softmaxCrossEntropyGradientOperation,
  softmaxCrossEntropyOperation,
  softmaxOperation,
} from "./softmax.js";
import { sqrtOperation } from "./sqrt.js";
import { broadcastLikeOperation, reduceSumOperation } from "./sum-and-broadcast.js";
import { transposeOperation } from "./transpose.js";
import { whereOperation } from "./where.js";

export const operations = {
  absolute: absoluteOperation,
  add: addOperation,
  argMax: argMaxOperation,
  averagePool: averagePoolOperation,
  averagePoolGradient: averagePoolGradientOperation,
  batchMatMul: batchMatMulOperation,
  batchNorm: batchNormOperation,
  batchNormGradient: batchNormGradientOperation,
  batchNormInference: batchNormInferenceOperation,
  biasAdd: biasAddOperation,
  broadcastLike: broadcastLikeOperation,
  cast: castOperation,
  clip: clipOperation,
  concat: concatOperation,
  constant: constantOperation,
  constantTensor: constantTensorOperation,
  conv2d: conv2dOperation,
  conv2dInputGradient: conv2dInputGradientOperation,
  conv2dKernelGradient: conv2dKernelGradientOperation,
  divide: divideOperation,
  equal: equalOperation,
  erf: erfOperation,
  exp: expOperation,
  gather: gatherOperation,
  greater: greaterOperation,
  less: lessOperation,
  log: logOperation,
  logicalAnd: logicalAndOperation,
  logicalNot: logicalNotOperation,
  logSoftmax: logSoftmaxOperation,
  matMul: matMulOperation,
  maximum: maximumOperation,
  maxPool: maxPoolOperation,
  maxPoolGradient: maxPoolGradientOperation,
  minimum: minimumOperation,
  multiply: multiplyOperation,
  pad: padOperation,
  power: powerOperation,
  reduceMax: reduceMaxOperation,
  reduceSum: reduceSumOperation,
  relu: reluOperation,
  reluGradient: reluGradientOperation,
  reshape: reshapeOperation,
  scatterAdd: scatterAddOperation,
  sigmoid: sigmoidOperation,
  slice: sliceOperation,
  softmax: softmaxOperation,
  softmaxCrossEntropy: softmaxCrossEntropyOperation,
  softmaxCrossEntropyGradient: softmaxCrossEntropyGradientOperation,
  sqrt: sqrtOperation,
  subtract: subtractOperation,
  tanh: tanhOperation,
  transpose: transposeOperation,
  where: whereOperation,
} as const;

export type OperationName = keyof typeof operations;

/** The attributes of an operation, by its name. */
export type AttributesOf<Name extends OperationName> = Parameters<(typeof operations)[Name]["infer"]>[1];

/** The ranks of what an operation takes, by its name. */
export type InputRanks<Name extends OperationName> =
  (typeof operations)[Name] extends Operation<infer _A, infer Inputs, infer _O> ? Inputs : never;

/** The ranks of what an operation gives, by its name. */
export type OutputRanks<Name extends OperationName> =
  (typeof operations)[Name] extends Operation<infer _A, infer _I, infer Outputs> ? Outputs : never;

/** An operation of a finished graph. Its attributes were checked when the graph was built. */
export const operationNamed = (name: string): Operation => entryNamed<unknown>(operations, name) as Operation;
