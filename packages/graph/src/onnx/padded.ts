import type { OnnxEmitter } from "./emitter.js";

/** Rows and columns before and after the others; a negative number cuts off. */
export type Edges = readonly [top: number, left: number, bottom: number, right: number];

export function padded(emit: OnnxEmitter, image: string, edges: Edges): string {
  if (edges.every((edge) => edge === 0)) return image;
  const [top, left, bottom, right] = edges;
  return emit.node("Pad", [image, emit.ints([0, 0, top, left, 0, 0, bottom, right])]);
}
