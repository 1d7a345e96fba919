import { known } from "../shapes.js";
import type { Shape } from "../types.js";

/** Where each tensor begins along the axis, and where the last one ends. */
export function boundaries(tensors: readonly { readonly shape: Shape }[], axis: number): readonly number[] {
  const ends = [0];
  for (const { shape } of tensors) ends.push(ends.at(-1)! + known("concat", shape[axis]!));
  return ends;
}
