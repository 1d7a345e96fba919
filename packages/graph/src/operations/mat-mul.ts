import { at, tabulate } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats } from "../operation.js";
import { float32, shapeError } from "../shapes.js";

export interface MatMulAttributes {
  readonly [name: string]: boolean;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Product of two matrices, each transposed first if asked (ONNX Gemm, opset 13, without C). */
export const matMulOperation = defineOperation<MatMulAttributes, [2, 2], [2]>({
  name: "matMul",
  inputs: [floats(2), floats(2)],
  infer(inputs, { transposeA, transposeB }) {
    const [{ shape: a }, { shape: b }] = inputs;
    const [rows, innerA] = transposeA ? [a[1], a[0]] : a;
    const [innerB, columns] = transposeB ? [b[1], b[0]] : b;
    if (innerA !== innerB)
      throw shapeError("matMul", inputs, `the inner dimensions ${innerA} and ${innerB} differ`);
    return [float32([rows, columns])];
  },
  gradient(context) {
    const [a, b] = context.inputs;
    const { transposeA, transposeB } = context.attributes;
    const g = firstGradient(context);
    return [
      transposeA
        ? matMul(b, g, { transposeA: transposeB, transposeB: true })
        : matMul(g, b, { transposeB: !transposeB }),
      transposeB
        ? matMul(g, a, { transposeA: true, transposeB: transposeA })
        : matMul(a, g, { transposeA: !transposeA }),
    ];
  },
  evaluate([a, b], { transposeA, transposeB }) {
    const [rows, inner] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
    const columns = transposeB ? b.shape[0] : b.shape[1];
    const product = tabulate([rows, columns], ([row, column]) => {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum +=
          (transposeA ? at(a, k, row) : at(a, row, k)) * (transposeB ? at(b, column, k) : at(b, k, column));
      }
      return sum;
    });
    return [product];
  },
});

export const matMul = (
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
): Tensor => a.builder.apply(matMulOperation, [a, b], { transposeA, transposeB })[0];
