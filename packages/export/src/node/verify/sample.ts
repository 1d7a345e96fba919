/** Indices of at most `most` of `count` things, spread evenly: photos come class by class. */
export function sample(count: number, most: number): readonly number[] {
  const size = Math.min(count, most);
  return Array.from({ length: size }, (_, index) => Math.floor((index * count) / size));
}

/** The rows of those indices, one after the other. */
export function rowsOf(values: Float32Array, indices: readonly number[], width: number): Float32Array {
  const rows = new Float32Array(indices.length * width);
  for (const [to, from] of indices.entries()) {
    rows.set(values.subarray(from * width, (from + 1) * width), to * width);
  }
  return rows;
}
