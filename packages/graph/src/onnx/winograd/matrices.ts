// Winograd's minimal filtering as matrices (Winograd 1980; Lavin & Gray 2015; points after Barabasz et al. 2018).
//
// A convolution of one row with r taps, m outputs at a time, is y = Aᵀ[(G g) ⊙ (Bᵀ d)] with n = m + r − 1
// products instead of m·r. Tiles of m outputs cover a row; here all tiles of a row stand in one banded matrix, so
// that cutting into tiles, padding and the transform are one matrix product:
//   lift  [n·tiles × inputs]:  the transformed tiles of a padded row of inputs are lift · row
//   drop  [n·tiles × outputs]: a row of outputs is dropᵀ · (products of all tiles)
// Rows are numbered point × tiles + tile.

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export interface WinogradRow {
  readonly tiles: number;
  readonly lift: Matrix;
  readonly drop: Matrix;
}

/** Interpolation points besides infinity, for each number of products n: small, and with exact reciprocals. */
const points: { readonly [products: number]: readonly number[] } = {
  6: [0, 1, -1, 0.5, -2],
  7: [0, 1, -1, 0.5, -2, -0.5],
  8: [0, 1, -1, 2, -2, 0.5, -0.5],
};

interface Transforms {
  /** n × outputs: Aᵀ transposed. */
  readonly a: readonly (readonly number[])[];
  /** n × taps. */
  readonly g: readonly (readonly number[])[];
  /** n × n. */
  readonly b: readonly (readonly number[])[];
}

/** Coefficients, lowest power first, of the polynomial with these roots. */
function polynomial(roots: readonly number[]): number[] {
  return roots.reduce<number[]>(
    (coefficients, root) => {
      const product = new Array<number>(coefficients.length + 1).fill(0);
      coefficients.forEach((coefficient, power) => {
        product[power + 1]! += coefficient;
        product[power]! -= root * coefficient;
      });
      return product;
    },
    [1],
  );
}

/** The Toom–Cook construction of F(outputs, taps), its rows balanced by powers of two, which round nothing. */
function transforms(outputs: number, taps: number): Transforms {
  const n = outputs + taps - 1;
  const finite = points[n]!;
  const powers = (point: number, length: number) => Array.from({ length }, (_, power) => point ** power);
  const last = (length: number) => Array.from({ length }, (_, index) => Number(index === length - 1));
  const rows = finite.map((point, index) => {
    const others = finite.filter((_, other) => other !== index);
    const scale = others.reduce((product, other) => product * (point - other), 1);
    return {
      a: powers(point, outputs),
      g: powers(point, taps).map((value) => value / scale),
      b: [...polynomial(others), 0],
    };
  });
  rows.push({ a: last(outputs), g: last(taps), b: polynomial(finite) });

  const magnitude = (row: readonly number[]) => 2 ** Math.round(Math.log2(Math.max(...row.map(Math.abs))));
  const balanced = rows.map(({ a, g, b }) => {
    const [ofA, ofB] = [magnitude(a), magnitude(b)];
    return {
      a: a.map((value) => value / ofA),
      g: g.map((value) => value * ofA * ofB),
      b: b.map((value) => value / ofB),
    };
  });
  return { a: balanced.map(({ a }) => a), g: balanced.map(({ g }) => g), b: balanced.map(({ b }) => b) };
}

/** Whether there are points for such tiles. */
export const isFilterable = (outputsPerTile: number, taps: number): boolean =>
  products(outputsPerTile, taps) in points;

export const products = (outputsPerTile: number, taps: number): number => outputsPerTile + taps - 1;

/** The matrices of one axis: `size` inputs, `pad` zeros before them, `outputs` outputs. */
export function winogradRow(axis: {
  readonly outputsPerTile: number;
  readonly taps: number;
  readonly size: number;
  readonly pad: number;
  readonly outputs: number;
}): WinogradRow {
  const { outputsPerTile, taps, size, pad, outputs } = axis;
  const { a, b } = transforms(outputsPerTile, taps);
  const n = products(outputsPerTile, taps);
  const tiles = Math.ceil(outputs / outputsPerTile);
  const banded = (columns: number, offset: number, rows: readonly (readonly number[])[]): Matrix => {
    const data = new Float64Array(n * tiles * columns);
    rows.forEach((row, point) => {
      for (let tile = 0; tile < tiles; tile++) {
        row.forEach((value, index) => {
          const column = tile * outputsPerTile + index - offset;
          if (column >= 0 && column < columns) data[(point * tiles + tile) * columns + column] = value;
        });
      }
    });
    return { rows: n * tiles, columns, data };
  };
  return { tiles, lift: banded(size, pad, b), drop: banded(outputs, 0, a) };
}

/** G ⊗ G [n² × taps²]: takes a kernel's taps to the n² points, columns' points first. */
export function kernelTransform(outputsPerTile: number, taps: number): Matrix {
  const { g } = transforms(outputsPerTile, taps);
  const data = g.flatMap((column) => g.flatMap((row) => row.flatMap((r) => column.map((c) => r * c))));
  return { rows: g.length ** 2, columns: taps ** 2, data: Float64Array.from(data) };
}
