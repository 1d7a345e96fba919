import type { RandomStream } from "./stream.js";

/** A uniformly random order of 0, …, length − 1 (Fisher and Yates; Durstenfeld 1964). */
export function permutation(stream: RandomStream, length: number): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = stream.integer(i + 1);
    const moved = order[i]!;
    order[i] = order[j]!;
    order[j] = moved;
  }
  return order;
}
