// Sums over everything but the channels, and channels spread out to be combined with images.
import type { Shape } from "../../types.js";
import type { OnnxEmitter } from "../emitter.js";

/** Sum of x [N, C, …] over all axes but the channels, as [C]: first within each image, which runs in parallel. */
export function channelSums(emit: OnnxEmitter, x: string, shape: Shape): string {
  const overBatch = (perImage: string) =>
    emit.node("ReduceSum", [perImage, emit.ints([0])], { keepdims: { int: 0 } });
  if (shape.length === 2) return overBatch(x);
  const rows = emit.node("Reshape", [x, emit.ints([0, 0, -1])]);
  return overBatch(emit.node("ReduceSum", [rows, emit.ints([2])], { keepdims: { int: 0 } }));
}

/** [C] as [1, C, 1, …], to be combined with images of this shape. */
export const spreadChannels = (emit: OnnxEmitter, channels: string, shape: Shape): string =>
  shape.length === 2
    ? channels
    : emit.node("Reshape", [channels, emit.ints([1, -1, ...shape.slice(2).map(() => 1)])]);
