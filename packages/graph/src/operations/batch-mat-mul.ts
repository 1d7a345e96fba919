import { offsetOf, type ReferenceTensor, tabulate } from "../interpreter/reference-tensor.js";
import type { NoAttributes, Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats } from "../operation.js";
import { broadcastShapes, float32, leadingAxes, shapeError } from "../shapes.js";
import type { TensorType } from "../types.js";
import { sumTo } from "./sum-and-broadcast.js";
import { transpose } from "./transpose.js";

/** Products of matrices [..., M, K] × [..., K, N], whose leading axes broadcast (ONNX MatMul, opset 13). */
export const batchMatMulOperation = defineOperation<NoAttributes, ["any", "any"]>({
  name: "batchMatMul",
  inputs: [floats(), floats()],
  infer(inputs) {
    const [{ shape: a }, { shape: b }] = inputs;
    const [rows, inner] = matrixOf(inputs, a);
    const [innerB, columns] = matrixOf(inputs, b);
    if (inner !== innerB) {
      throw shapeError("batchMatMul", inputs, `the inner dimensions ${inner} and ${innerB} differ`);
    }
    const leading = broadcastShapes(leadingAxes(a), leadingAxes(b));
    if (!leading) throw shapeError("batchMatMul", inputs, "the leading axes do not broadcast");
    return [float32([...leading, rows, columns])];
  },
  gradient(context) {
    const [a, b] = context.inputs;
    const gradient = firstGradient(context);
    return [
      sumTo(batchMatMul(gradient, matricesTransposed(b)), a),
      sumTo(batchMatMul(matricesTransposed(a), gradient), b),
    ];
  },
  evaluate([a, b]) {
    const [rows, inner] = a.shape.slice(-2) as [number, number];
    const columns = b.shape.at(-1)!;
    const leading = broadcastShapes(leadingAxes(a.shape), leadingAxes(b.shape)) as readonly number[];
    return [
      tabulate([...leading, rows, columns], (coordinates) => {
        const [row, column] = coordinates.slice(-2) as [number, number];
        const [first, second] = [a, b].map((each) => matrixAt(each, leadingAxes(coordinates)));
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += first!(row, k) * second!(k, column);
        return sum;
      }),
    ];
  },
});

function matrixOf(inputs: readonly TensorType[], shape: TensorType["shape"]) {
  const [rows, columns] = shape.slice(-2);
  if (rows === undefined || columns === undefined) {
    throw shapeError("batchMatMul", inputs, "matrices have at least two dimensions");
  }
  return [rows, columns] as const;
}

/** The elements of the matrix that broadcasting reads for these leading coordinates of the result. */
function matrixAt(tensor: ReferenceTensor, leading: readonly number[]) {
  const axes = leadingAxes(tensor.shape);
  const own = leading.slice(leading.length - axes.length);
  const places = axes.map((length, axis) => (length === 1 ? 0 : own[axis]!));
  const start = offsetOf(tensor.shape, [...places, 0, 0]);
  const columns = tensor.shape.at(-1)!;
  return (row: number, column: number) => tensor.data[start + row * columns + column]!;
}

function matricesTransposed(tensor: Tensor): Tensor {
  const rank = tensor.shape.length;
  const axes = tensor.shape.map((_, axis) => axis);
  return transpose(tensor, [...leadingAxes(axes), rank - 1, rank - 2]);
}

export const batchMatMul = (a: Tensor, b: Tensor): Tensor =>
  a.builder.apply(batchMatMulOperation, [a, b], {})[0];
