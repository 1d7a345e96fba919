import { add, batchMatMul, biasAdd, constant, matMul, multiply, reshape, type Tensor } from "@fleuron/graph";
import { constantOf, live, type NodeContext } from "../context.js";
import { type Constant, numbersIn, type Value } from "../value.js";
import type { OperatorTable } from "./table.js";

export const dense: OperatorTable = {
  Gemm(context) {
    const { attributes } = context;
    const [alpha, beta] = [attributes.float("alpha", 1), attributes.float("beta", 1)];
    const transposeA = attributes.int("transA", 0) === 1;
    const transposeB = attributes.int("transB", 0) === 1;
    const b = context.value(1);
    const a = context.tensor(0);
    // Kernels of dense layers are [inputs, outputs] here.
    const product =
      b.type === "constant"
        ? matMul(a, context.parameter(transposeB ? turned(context, b) : b, "kernel"), { transposeA })
        : matMul(a, b.tensor, { transposeA, transposeB });
    const scaled = alpha === 1 ? product : multiply(product, constant(context.builder, alpha));
    const c = context.optional(2);
    if (c === undefined || beta === 0) return live(scaled);
    if (c.type === "constant" && beta === 1 && c.shape.length === 1 && c.shape[0] === scaled.shape[1])
      return live(biasAdd(scaled, context.parameter(c, "bias")));
    const added = context.asTensor(c);
    return live(add(scaled, beta === 1 ? added : multiply(added, constant(context.builder, beta))));
  },

  MatMul(context) {
    const [a, b] = [context.value(0), context.value(1)];
    if (b.type === "constant" && b.shape.length === 2 && a.type === "live") {
      const kernel = context.parameter(b, "kernel");
      return live(a.tensor.shape.length === 2 ? matMul(a.tensor, kernel) : byMatrix(a.tensor, kernel));
    }
    const operand = (value: Value) =>
      value.type === "live" ? value.tensor : context.parameter(value, "kernel");
    return live(product(context, operand(a), operand(b)));
  },
};

/** [..., M, K] × [K, N]. */
function byMatrix(a: Tensor, kernel: Tensor): Tensor {
  const leading = a.shape.slice(0, -2).map(() => 1);
  if (a.shape.length < 2) return reshape(matMul(reshape(a, [1, a.shape[0]!]), kernel), [kernel.shape[1]!]);
  return batchMatMul(a, reshape(kernel, [...leading, ...kernel.shape]));
}

/** Takes any ranks, as NumPy's matmul: a vector is a row on the left, and a column on the right. */
function product(context: NodeContext, a: Tensor, b: Tensor): Tensor {
  if (a.shape.length === 0 || b.shape.length === 0) context.invalid("multiplies a number as a matrix");
  const row = a.shape.length === 1 ? reshape(a, [1, a.shape[0]!]) : a;
  const column = b.shape.length === 1 ? reshape(b, [b.shape[0]!, 1]) : b;
  const rank = Math.max(row.shape.length, column.shape.length);
  const widened = (tensor: Tensor) =>
    reshape(tensor, [...Array(rank - tensor.shape.length).fill(1), ...tensor.shape]);
  const result = rank === 2 ? matMul(row, column) : batchMatMul(widened(row), widened(column));
  if (a.shape.length > 1 && b.shape.length > 1) return result;
  const shape = result.shape.filter(
    (_, axis) =>
      !((a.shape.length === 1 && axis === rank - 2) || (b.shape.length === 1 && axis === rank - 1)),
  );
  return reshape(result, shape);
}

function turned(context: NodeContext, kernel: Constant): Constant {
  const numbers = numbersIn(kernel);
  if (numbers === undefined || kernel.shape.length !== 2) context.invalid("has a kernel that is no matrix");
  context.spend(kernel.shape, "filled");
  const [rows, columns] = kernel.shape as readonly [number, number];
  const data = new Float32Array(numbers.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      data[column * rows + row] = numbers[row * columns + column]!;
  return constantOf("float", [columns, rows], data, kernel.name);
}
