// An axis in which a named length is joined with known ones: "8*batch*49" is 8 times the batch, each 49 long.
import type { Dimension } from "./types.js";

export interface JoinedAxis {
  readonly name: string;
  /** How often the named length lies in the axis. */
  readonly outer: number;
  /** How many elements each of it has. */
  readonly inner: number;
}

/** What a dimension that is no number consists of; a name alone is joined with nothing. */
export function splitAxis(dimension: string): JoinedAxis {
  const {
    outer = 1,
    name,
    inner = 1,
  } = /^(?:(?<outer>\d+)\*)?(?<name>.+?)(?:\*(?<inner>\d+))?$/s.exec(dimension)!.groups as {
    outer?: string;
    name: string;
    inner?: string;
  };
  return { name, outer: Number(outer), inner: Number(inner) };
}

/** The length of the axis that `outer`, `dimension` and `inner`, in this order, become in row-major order. */
export function joinAxes(outer: number, dimension: Dimension, inner: number): Dimension {
  if (typeof dimension === "number") return outer * dimension * inner;
  const axis = splitAxis(dimension);
  const [before, after] = [outer * axis.outer, axis.inner * inner];
  return `${before === 1 ? "" : `${before}*`}${axis.name}${after === 1 ? "" : `*${after}`}`;
}
