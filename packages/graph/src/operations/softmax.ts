// Softmax and its logarithm over the last axis, and the cross-entropy of logits against dense targets.

import { sizeOf } from "@fleuron/model";
import { at, type ReferenceTensor, referenceTensor, tabulate } from "../interpreter/reference-tensor.js";
import type { NoAttributes, Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats, notDifferentiable, type Operation } from "../operation.js";
import { float32, requireSameShape, shapeError } from "../shapes.js";
import type { Shape } from "../types.js";
import { multiply, subtract } from "./arithmetic.js";
import { exp } from "./exponentials.js";
import { reshape } from "./reshape.js";
import { reduceSum } from "./sum-and-broadcast.js";

type Matrix = ReferenceTensor<Shape<number, 2>>;

/** log Σ exp of a row, without overflow. */
function logSumExp(logits: Matrix, row: number): number {
  const [, classes] = logits.shape;
  const values = Array.from({ length: classes }, (_, column) => at(logits, row, column));
  const largest = values.reduce((one, other) => Math.max(one, other));
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

function logSoftmaxOf(logits: Matrix): Matrix {
  const normalizers = Array.from({ length: logits.shape[0] }, (_, row) => logSumExp(logits, row));
  return tabulate(logits.shape, ([row, column]) => at(logits, row, column) - normalizers[row]!);
}

function softmaxOf(logits: Matrix): Matrix {
  const { shape, data } = logSoftmaxOf(logits);
  return referenceTensor(shape, data.map(Math.exp));
}

type AlongLastAxis = Operation<NoAttributes, ["any"], ["any"]>;

const alongLastAxis = (
  name: string,
  apply: (rows: Matrix) => Matrix,
  gradient: AlongLastAxis["gradient"],
): AlongLastAxis =>
  defineOperation<NoAttributes, ["any"]>({
    name,
    inputs: [floats()],
    infer(inputs) {
      const [{ shape }] = inputs;
      if (shape.length === 0) throw shapeError(name, inputs, "takes at least one axis");
      return [float32(shape)];
    },
    gradient,
    evaluate([{ shape, data }]) {
      const rows = referenceTensor([sizeOf(shape.slice(0, -1)), shape.at(-1)!], data);
      return [referenceTensor(shape, apply(rows).data)];
    },
  });

const sumOfRows = (tensor: Tensor): Tensor =>
  reduceSum(tensor, { axes: [tensor.shape.length - 1], keepDimensions: true });

/** Probabilities from logits (ONNX Softmax, opset 13). */
export const softmaxOperation = alongLastAxis("softmax", softmaxOf, (context) => {
  const [probabilities] = context.outputs;
  const weighted = multiply(firstGradient(context), probabilities);
  return [subtract(weighted, multiply(probabilities, sumOfRows(weighted)))];
});

/** The logarithms of probabilities from logits (ONNX LogSoftmax, opset 13). */
export const logSoftmaxOperation = alongLastAxis("logSoftmax", logSoftmaxOf, (context) => {
  const gradient = firstGradient(context);
  return [subtract(gradient, multiply(exp(context.outputs[0]), sumOfRows(gradient)))];
});

/**
 * Cross-entropy [N] of logits [N, classes] against targets [N, classes] that need not be one-hot:
 * −Σ target × log softmax(logits) (TensorFlow SoftmaxCrossEntropyWithLogits).
 */
export const softmaxCrossEntropyOperation = defineOperation<NoAttributes, [2, 2], [1]>({
  name: "softmaxCrossEntropy",
  inputs: [floats(2), floats(2)],
  infer: (inputs) => [float32([requireSameShape("softmaxCrossEntropy", inputs)[0]])],
  gradient(context) {
    const [logits, targets] = context.inputs;
    const perPhoto = firstGradient(context);
    const perLogit = logits.builder.apply(softmaxCrossEntropyGradientOperation, [logits, targets], {})[0];
    return [
      multiply(perLogit, reshape(perPhoto, [perPhoto.shape[0], 1])),
      notDifferentiable("targets are data, not something that learns"),
    ];
  },
  evaluate([logits, targets]) {
    const [rows, classes] = logits.shape;
    const losses = Array.from({ length: rows }, (_, row) => {
      const normalizer = logSumExp(logits, row);
      let loss = 0;
      for (let c = 0; c < classes; c++) loss -= at(targets, row, c) * (at(logits, row, c) - normalizer);
      return loss;
    });
    return [referenceTensor([rows], losses)];
  },
});

/** ∂cross-entropy/∂logits [N, classes]: softmax(logits) × Σ targets − targets, per photo. */
export const softmaxCrossEntropyGradientOperation = defineOperation<NoAttributes, [2, 2], [2]>({
  name: "softmaxCrossEntropyGradient",
  inputs: [floats(2), floats(2)],
  infer: (inputs) => [float32(requireSameShape("softmaxCrossEntropyGradient", inputs))],
  gradient: notDifferentiable("second derivatives of the loss are not supported"),
  evaluate([logits, targets]) {
    const probabilities = softmaxOf(logits);
    const totals = Array.from({ length: logits.shape[0] }, (_, row) =>
      Array.from({ length: logits.shape[1] }, (_, c) => at(targets, row, c)).reduce(
        (sum, value) => sum + value,
        0,
      ),
    );
    return [
      tabulate(logits.shape, ([row, c]) => at(probabilities, row, c) * totals[row]! - at(targets, row, c)),
    ];
  },
});

export const softmax = (logits: Tensor): Tensor => logits.builder.apply(softmaxOperation, [logits], {})[0];
export const logSoftmax = (logits: Tensor): Tensor =>
  logits.builder.apply(logSoftmaxOperation, [logits], {})[0];
export const softmaxCrossEntropy = (logits: Tensor, targets: Tensor): Tensor =>
  logits.builder.apply(softmaxCrossEntropyOperation, [logits, targets], {})[0];
