import type { Lowering } from "../lowering.js";

export const matMul: Lowering<{ transposeA: boolean; transposeB: boolean }> = ({
  inputs: [a, b],
  attributes: { transposeA, transposeB },
  emit,
}) => {
  const flags = { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) } };
  return [emit.node("Gemm", [a.name, b.name], flags)];
};
