// Values between their canonical order (row-major in the logical axes) and the order of a layout.
import { knownShape } from "../shapes.js";
import { flattened, type Layout } from "./layout.js";

/** Row-major elements in the order of `layout`, whose lengths are all known. */
export function toLayout(data: Float32Array, layout: Layout): Float32Array {
  const result = new Float32Array(data.length);
  eachRun(layout, (canonical, physical, length) => {
    if (length === 1) result[physical] = data[canonical]!;
    else result.set(data.subarray(canonical, canonical + length), physical);
  });
  return result;
}

/** Calls `visit` for each run of elements that lie side by side in both orders, with its offset in either. */
function eachRun(layout: Layout, visit: (canonical: number, physical: number, length: number) => void): void {
  const { lengths: named, order } = flattened(layout);
  const lengths = knownShape("permute", named);
  const strides = lengths.map((_, axis) => lengths.slice(axis + 1).reduce((a, b) => a * b, 1));
  let moved = order.length;
  while (moved > 0 && order[moved - 1] === moved - 1) moved--;
  const run = order.slice(moved).reduce((length, axis) => length * lengths[axis]!, 1);
  const outer = order.slice(0, moved);
  const counters = outer.map(() => 0);
  const total = lengths.reduce((a, b) => a * b, 1);
  let canonical = 0;
  for (let physical = 0; physical < total; physical += run) {
    visit(canonical, physical, run);
    for (let at = outer.length - 1; at >= 0; at--) {
      const axis = outer[at]!;
      canonical += strides[axis]!;
      if (++counters[at]! < lengths[axis]!) break;
      canonical -= strides[axis]! * lengths[axis]!;
      counters[at] = 0;
    }
  }
}
