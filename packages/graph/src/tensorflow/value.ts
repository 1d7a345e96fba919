// A tensor on its way into TensorFlow: what it is called there, how it lies in memory, and what it is stored in.
import type { Dimension, Shape, TensorType } from "../types.js";
import type { TensorflowEmitter } from "./emitter.js";
import { type Layout, plainAxis, rowMajor } from "./layout.js";
import type { TensorflowDType } from "./node.js";

export interface TensorflowValue<S extends Shape = Shape> extends TensorType<Dimension, S> {
  /** How it lies; undefined for a variable that nothing has read yet: its first reader chooses. */
  readonly layout: Layout | undefined;
  /** Its dtype, or bfloat16 for a float32 that was computed so. */
  readonly stored: TensorflowDType;
  /** Its name in this layout and as `stored` (default: its dtype), into which it is brought first if need be. */
  in(layout: Layout, stored?: TensorflowDType): string;
}

/** What a lowering returns for each output: a TensorFlow tensor, how it lies, and what it is stored in. */
export interface LaidOut {
  readonly name: string;
  readonly layout: Layout;
  /** Default: the dtype of the output. */
  readonly stored?: TensorflowDType;
}

export function computed(type: TensorType, laidOut: LaidOut, emit: TensorflowEmitter): TensorflowValue {
  const { name, layout, stored = type.dtype } = laidOut;
  return {
    ...type,
    layout,
    stored,
    in: (wanted, as = type.dtype) => emit.rearrange(emit.cast(name, stored, as), as, layout, wanted),
  };
}

/** A value whose layout its first reader chooses; `place` then makes it, and gives its name. */
export function placedByFirstReader(
  type: TensorType,
  emit: TensorflowEmitter,
  place: (layout: Layout) => string,
): TensorflowValue {
  let placed: TensorflowValue | undefined;
  return {
    ...type,
    stored: type.dtype,
    get layout() {
      return placed?.layout;
    },
    in(wanted, as) {
      placed ??= computed(type, { name: place(wanted), layout: wanted }, emit);
      return placed.in(wanted, as);
    },
  };
}

/** The value as it lies, or row-major where that is still open; of its own dtype unless another is asked for. */
export function asItLies(value: TensorflowValue, stored: TensorflowDType = value.dtype): Required<LaidOut> {
  const layout = value.layout ?? rowMajor(value.shape);
  return { name: value.in(layout, stored), layout, stored };
}

/** The value as it lies where these axes are plain, else row-major: for operations along them. */
export function alongAxes(value: TensorflowValue, axes: readonly number[]): Required<LaidOut> {
  const { layout = rowMajor(value.shape), stored } = value;
  const plain = axes.every((axis) => layout.within[axis]!.lengths.length === 1);
  const chosen = plain ? layout : rowMajor(value.shape);
  return { name: value.in(chosen, stored), layout: chosen, stored };
}

/** The layout of a tensor that lies like another one and has other lengths along plain axes. */
export const withLengths = (layout: Layout, axes: readonly number[], shape: Shape): Layout => ({
  ...layout,
  within: layout.within.map((axis, index) => (axes.includes(index) ? plainAxis(shape[index]!) : axis)),
});
