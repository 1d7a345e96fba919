// The indices of GatherND and ScatterND as rows of a tensor.
import { sizeOf } from "@fleuron/model";
import type { NodeContext } from "./context.js";

export interface IndexedRows {
  /** What the leading axes that are indexed multiply to. */
  readonly rows: number;
  /** Row by row, which one each tuple of indices means. */
  readonly places: readonly number[];
  /** Which axes a row has. */
  readonly rest: number;
}

/** Tuples of indices [..., depth] into the axes behind those that both tensors have in common. */
export function indexedRows(
  context: NodeContext,
  lengths: readonly number[],
  indices: { readonly shape: readonly number[]; readonly numbers: readonly number[] },
  common: number,
): IndexedRows {
  const depth = indices.shape.at(-1) ?? context.invalid("has no tuples of indices");
  const rest = common + depth;
  if (rest > lengths.length) context.invalid(`indexes ${rest} axes of ${lengths.length}`);
  const indexed = lengths.slice(common, rest);
  const block = sizeOf(indexed);
  const tuples = sizeOf(indices.shape.slice(0, -1));
  context.requireSize([tuples]);
  context.requireSize(lengths.slice(0, rest));
  const eachBlock = tuples / sizeOf(indices.shape.slice(0, common));
  const places = Array.from(
    { length: tuples },
    (_, tuple) =>
      indexed.reduce((place, length, axis) => {
        const given = indices.numbers[tuple * depth + axis]!;
        const index = given < 0 ? given + length : given;
        if (!(index >= 0 && index < length && Number.isInteger(index)))
          context.invalid("reads beyond its axis");
        return place * length + index;
      }, 0) +
      Math.floor(tuple / eachBlock) * block,
  );
  return { rows: sizeOf(lengths.slice(0, rest)), places, rest };
}
