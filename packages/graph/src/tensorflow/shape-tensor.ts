import type { Shape } from "../types.js";
import type { TensorflowEmitter } from "./emitter.js";
import type { TensorflowDType } from "./node.js";

/** A shape as an int32 tensor; a named dimension, which only the first may be, is the first length of `like`. */
export function shapeTensor(
  emit: TensorflowEmitter,
  shape: Shape,
  like: string,
  dtype: TensorflowDType,
): string {
  const known = shape.filter((dimension) => typeof dimension === "number");
  if (known.length === shape.length) return emit.ints(known);
  const lengths = emit.shapeOf(like, dtype);
  const first = emit.node("Slice", [lengths, emit.ints([0]), emit.ints([1])], {
    T: { type: "int32" },
    Index: { type: "int32" },
  });
  return emit.concat([first, emit.ints(known)], 0, "int32");
}
