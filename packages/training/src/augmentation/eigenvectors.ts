export type Rgb = readonly [number, number, number];
export type Matrix3 = readonly [Rgb, Rgb, Rgb];

export interface Eigenpair {
  readonly value: number;
  /** A vector of length 1, its largest element positive. */
  readonly vector: Rgb;
}

/** Far more than the five or so that rounding leaves anything to do for. */
const SWEEPS = 20;

/** Eigenvalues and vectors of a symmetric matrix, the largest value first: Jacobi's rotations (1846), in sweeps. */
export function eigenvectors(matrix: Matrix3): readonly Eigenpair[] {
  const a = matrix.map((row) => [...row]);
  const v = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      if (a[p]![q] === 0) continue;
      const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
      const cosine = 1 / Math.hypot(t, 1);
      rotateColumns(a, p, q, cosine, t * cosine);
      rotateRows(a, p, q, cosine, t * cosine);
      rotateColumns(v, p, q, cosine, t * cosine);
    }
  }
  return [0, 1, 2]
    .map((index) => ({
      value: a[index]![index]!,
      vector: upright([v[0]![index]!, v[1]![index]!, v[2]![index]!]),
    }))
    .sort((one, other) => other.value - one.value);
}

function rotateColumns(m: number[][], p: number, q: number, cosine: number, sine: number): void {
  for (const row of m)
    [row[p], row[q]] = [cosine * row[p]! - sine * row[q]!, sine * row[p]! + cosine * row[q]!];
}

function rotateRows(m: number[][], p: number, q: number, cosine: number, sine: number): void {
  const [rowP, rowQ] = [m[p]!, m[q]!];
  m[p] = rowP.map((value, index) => cosine * value - sine * rowQ[index]!);
  m[q] = rowP.map((value, index) => sine * value + cosine * rowQ[index]!);
}

function upright(vector: Rgb): Rgb {
  const largest = vector.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return largest < 0 ? [-vector[0], -vector[1], -vector[2]] : vector;
}
