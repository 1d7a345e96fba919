// Pools over N,H,W,C. Padding, which TensorFlow's pools of the browser lack, is written out.
import type { PoolAttributes } from "../operations/pool.js";
import { knownShape } from "../shapes.js";
import type { TensorflowEmitter } from "./emitter.js";
import { type Layout, physicalShape } from "./layout.js";
import type { TensorflowDType } from "./node.js";

/** Node attributes of a pool without padding. */
export const poolAttributes = ({ kernelSize, strides }: PoolAttributes, T: TensorflowDType) =>
  ({
    T: { type: T },
    ksize: { ints: [1, ...kernelSize, 1] },
    strides: { ints: [1, ...strides, 1] },
    padding: { string: "VALID" },
    data_format: { string: "NHWC" },
  }) as const;

/** An image N,H,W,C with its padding. */
export function withPadding(
  emit: TensorflowEmitter,
  image: string,
  { pads: [top, left, bottom, right] }: PoolAttributes,
  { value, stored }: { readonly value: number; readonly stored: TensorflowDType },
): string {
  if (top + left + bottom + right === 0) return image;
  const around = emit.ints([0, 0, top, bottom, left, right, 0, 0], [4, 2]);
  const attributes = { T: { type: stored }, Tpaddings: { type: "int32" } } as const;
  return emit.node("PadV2", [image, around, emit.cast(emit.scalar(value), "float32", stored)], attributes);
}

/** An image that lies as `layout` says, cut out of its padding. */
export function withoutPadding(
  emit: TensorflowEmitter,
  image: string,
  { pads: [top, left, bottom, right] }: PoolAttributes,
  { layout, stored }: { readonly layout: Layout; readonly stored: TensorflowDType },
): string {
  if (top + left + bottom + right === 0) return image;
  const size = knownShape("pool", physicalShape(layout).slice(1));
  return emit.node("Slice", [image, emit.ints([0, top, left, 0]), emit.ints([-1, ...size])], {
    T: { type: stored },
    Index: { type: "int32" },
  });
}
