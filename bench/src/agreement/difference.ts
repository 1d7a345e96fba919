export interface Difference {
  /** The cosine of the angle between the two. */
  readonly cosine: number;
  /** ‖a − b‖ ÷ ‖b‖. */
  readonly relative: number;
}

/** How far `a` is from `b`, both taken as vectors. */
export function difference(a: Float32Array, b: Float32Array): Difference {
  let [dot, aa, bb, distance] = [0, 0, 0, 0];
  for (let index = 0; index < b.length; index++) {
    dot += a[index]! * b[index]!;
    aa += a[index]! ** 2;
    bb += b[index]! ** 2;
    distance += (a[index]! - b[index]!) ** 2;
  }
  return { cosine: dot / Math.sqrt(aa * bb), relative: Math.sqrt(distance / bb) };
}
