import type { Lowering } from "../lowering.js";

export const matMul: Lowering<{ transposeA: boolean; transposeB: boolean }> = ({
  inputs: [a, b],
  attributes: { transposeA, transposeB },
  emit,
}) => {
  const flags = { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) } };
  const product = emit.node("Gemm", [a.name, b.name], flags);
  emit.offerBias(product, (bias) => emit.node("Gemm", [a.name, b.name, bias], flags));
  return [product];
};
