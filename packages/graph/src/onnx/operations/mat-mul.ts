import type { Lowering } from "../lowering.js";

export const matMul: Lowering<"matMul"> = ({
  inputs: [a, b],
  attributes: { transposeA, transposeB },
  emit,
}) => {
  if (b.scaled && !transposeA && !transposeB) {
    // Scaling the vectors costs nothing, and onnxruntime need not hold the scaled matrix beside the other.
    const { integers, rows, columns } = b.scaled;
    const product = emit.node("Gemm", [emit.node("Mul", [a.name, rows]), integers]);
    return [emit.node("Mul", [product, columns])];
  }
  const flags = { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) } };
  const product = emit.node("Gemm", [a.name, b.name], flags);
  emit.offerBias(product, (bias) => emit.node("Gemm", [a.name, b.name, bias], flags));
  return [product];
};

export const batchMatMul: Lowering<"batchMatMul"> = ({ inputs: [a, b], emit }) => [
  emit.node("MatMul", [a.name, b.name]),
];
