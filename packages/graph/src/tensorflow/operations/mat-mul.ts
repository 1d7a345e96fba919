import { inOrder, plainAxis } from "../layout.js";
import type { Lowering } from "../lowering.js";

/** The axis along which is summed lies as the first factor has it, so a dense kernel follows a flattened image. */
export const matMul: Lowering<"matMul"> = ({
  inputs: [a, b],
  attributes: { transposeA, transposeB },
  emit,
}) => {
  const stored = emit.computes;
  const [innerA, innerB] = [transposeA ? 0 : 1, transposeB ? 1 : 0] as const;
  const inner = a.layout?.within[innerA] ?? b.layout?.within[innerB] ?? plainAxis(a.shape[innerA]);
  const rows = a.layout?.within[1 - innerA] ?? plainAxis(a.shape[1 - innerA]!);
  const columns = b.layout?.within[1 - innerB] ?? plainAxis(b.shape[1 - innerB]!);
  const name = emit.node(
    "MatMul",
    [
      a.in(transposeA ? inOrder(inner, rows) : inOrder(rows, inner), stored),
      b.in(transposeB ? inOrder(columns, inner) : inOrder(inner, columns), stored),
    ],
    { T: { type: stored }, transpose_a: { bool: transposeA }, transpose_b: { bool: transposeB } },
  );
  return [{ name, layout: inOrder(rows, columns), stored }];
};
