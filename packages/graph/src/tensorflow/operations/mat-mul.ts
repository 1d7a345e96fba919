import { leadingAxes, sameShape } from "../../shapes.js";
import type { Shape } from "../../types.js";
import type { TensorflowEmitter } from "../emitter.js";
import { inOrder, plainAxis, rowMajor } from "../layout.js";
import type { Lowering } from "../lowering.js";
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

/** A shape as an int32 tensor; each named length is that of a tensor which has it at the same place from the end. */
function lengthsOf(emit: TensorflowEmitter, shape: Shape, owners: readonly TensorflowValue[]): string {
  const known = shape.filter((length) => typeof length === "number");
  if (known.length === shape.length) return emit.ints(known);
  const lengths = shape.map((length, axis) => {
    if (typeof length === "number") return emit.ints([length]);
    const at = (owner: TensorflowValue) => axis - shape.length + owner.shape.length;
    const owner = owners.find((each) => each.shape[at(each)] === length)!;
    const all = emit.shapeOf(owner.in(rowMajor(owner.shape)), owner.dtype);
    const attributes = { T: { type: "int32" }, Index: { type: "int32" } } as const;
    return emit.node("Slice", [all, emit.ints([at(owner)]), emit.ints([1])], attributes);
  });
  return emit.concat(lengths, 0, "int32");
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
