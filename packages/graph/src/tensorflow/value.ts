// A tensor on its way into TensorFlow: what it is called there, and how it lies in memory.
import type { TensorType } from "../types.js";
import type { TensorflowEmitter } from "./emitter.js";
import { type Layout, rowMajor } from "./layout.js";

export interface TensorflowValue extends TensorType {
  /** How it lies; undefined for a variable that nothing has read yet: whoever reads it first chooses. */
  readonly layout: Layout | undefined;
  /** Its name in this layout, into which it is brought first if need be. */
  in(layout: Layout): string;
}

/** What a lowering returns for each output: a TensorFlow tensor and how it lies. */
export interface LaidOut {
  readonly name: string;
  readonly layout: Layout;
}

export const computed = (
  type: TensorType,
  { name, layout }: LaidOut,
  emit: TensorflowEmitter,
): TensorflowValue => ({
  ...type,
  layout,
  in: (wanted) => emit.rearrange(name, type.dtype, layout, wanted),
});

/** A value whose layout its first reader chooses; `place` then makes it, and gives its name. */
export function placedByFirstReader(
  type: TensorType,
  emit: TensorflowEmitter,
  place: (layout: Layout) => string,
): TensorflowValue {
  let placed: LaidOut | undefined;
  return {
    ...type,
    get layout() {
      return placed?.layout;
    },
    in(wanted) {
      placed ??= { name: place(wanted), layout: wanted };
      return emit.rearrange(placed.name, type.dtype, placed.layout, wanted);
    },
  };
}

/** The value as it lies, or row-major where that is still open. */
export function asItLies(value: TensorflowValue): LaidOut {
  const layout = value.layout ?? rowMajor(value.shape);
  return { name: value.in(layout), layout };
}
