import type { Shape } from "../types.js";
import type { TensorflowEmitter } from "./emitter.js";
import { rowMajor } from "./layout.js";
import type { TensorflowDType } from "./node.js";
import type { TensorflowValue } from "./value.js";

/** A shape as an int32 tensor; a named dimension, which only the first may be, is the first length of `like`. */
export function shapeTensor(
  emit: TensorflowEmitter,
  shape: Shape,
  like: string,
  dtype: TensorflowDType,
): string {
  const known = shape.filter((dimension) => typeof dimension === "number");
  if (known.length === shape.length) return emit.ints(known);
  return emit.concat([lengthAt(emit, like, dtype, 0), emit.ints(known)], 0, "int32");
}

/** A shape as an int32 tensor; each named length is that of a tensor which has it at the same place from the end. */
export function lengthsOf(emit: TensorflowEmitter, shape: Shape, owners: readonly TensorflowValue[]): string {
  const known = shape.filter((length) => typeof length === "number");
  if (known.length === shape.length) return emit.ints(known);
  const lengths = shape.map((length, axis) => {
    if (typeof length === "number") return emit.ints([length]);
    const at = (owner: TensorflowValue) => axis - shape.length + owner.shape.length;
    const owner = owners.find((each) => each.shape[at(each)] === length)!;
    return lengthAt(emit, owner.in(rowMajor(owner.shape)), owner.dtype, at(owner));
  });
  return emit.concat(lengths, 0, "int32");
}

/** The length of a tensor along an axis, as it lies, [1]. */
function lengthAt(emit: TensorflowEmitter, tensor: string, dtype: TensorflowDType, axis: number): string {
  const attributes = { T: { type: "int32" }, Index: { type: "int32" } } as const;
  return emit.node("Slice", [emit.shapeOf(tensor, dtype), emit.ints([axis]), emit.ints([1])], attributes);
}
