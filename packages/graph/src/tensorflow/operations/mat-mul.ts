import { leadingAxes, sameShape } from "../../shapes.js";
import type { Shape } from "../../types.js";
import { inOrder, plainAxis, rowMajor } from "../layout.js";
import type { Lowering } from "../lowering.js";
import { lengthsOf } from "../shape-tensor.js";
import type { TensorflowValue } from "../value.js";

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

/** Whether leading axes repeat as a whole: tfjs counts a factor's matrices anew when it has come to the last one. */
function repeatsWhole(factor: Shape, result: Shape): boolean {
  const [axes, all] = [leadingAxes(factor), leadingAxes(result)];
  const first = axes.findIndex((length) => length !== 1);
  const own = first < 0 ? [] : axes.slice(first);
  return sameShape(own, all.slice(all.length - own.length));
}

export const batchMatMul: Lowering<"batchMatMul"> = ({ inputs, outputs: [{ shape }], emit }) => {
  const stored = emit.computes;
  const factorOf = (factor: TensorflowValue) => {
    const name = factor.in(rowMajor(factor.shape), stored);
    if (repeatsWhole(factor.shape, shape)) return name;
    const target = [...leadingAxes(shape), ...factor.shape.slice(-2)];
    const lengths = lengthsOf(emit, target, [factor, ...inputs]);
    return emit.node("BroadcastTo", [name, lengths], { T: { type: stored }, Tidx: { type: "int32" } });
  };
  const name = emit.node("BatchMatMulV2", [factorOf(inputs[0]), factorOf(inputs[1])], {
    T: { type: stored },
    adj_x: { bool: false },
    adj_y: { bool: false },
  });
  return [{ name, layout: rowMajor(shape), stored }];
};
