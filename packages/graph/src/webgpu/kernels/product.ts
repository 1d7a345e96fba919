// Matrix products, which convolutions are as well, as expressions: what every form of their kernels computes from.

/**
 * result[row, column] = Σ left[row, step] × right[step, column], for each of some groups. What follows from a column or
 * from a step alone is worked out once, as a `vec3u`: a photo, a row and a column, say.
 */
export interface Product {
  readonly groups: number;
  readonly rows: number;
  readonly columns: number;
  readonly steps: number;
  /** What lies side by side in memory: the left factors of one row, or those of one step. */
  readonly leftBeside: "steps" | "rows";
  /** The same of the right factors. */
  readonly rightBeside: "steps" | "columns";
  /** A `vec3u`, from `column`. */
  readonly columnPlace: string;
  /** A `vec3u`, from `step`. */
  readonly stepPlace: string;
  /** The factor of `group`, `row` and `step`, whose place is `s`. */
  readonly left: string;
  /** Statements that return the factor of `group`, of the column's place `c` and the step's place `s`. */
  readonly right: string;
  /** The index into the result, from `group`, `row` and `column`. */
  readonly index: string;
}

/** The steps of a product, divided among parts that are added in one order afterwards. */
export interface Division {
  readonly parts: number;
  readonly stepsPerPart: number;
}

/** Statements that store an element of the result, or of a part of it, from `part`, `group`, `row` and `column`. */
export type StoreElement = (value: string) => string;

/** The expressions of a product as functions. */
export const productFunctions = ({ columnPlace, stepPlace, left, right }: Product): string => `
fn columnPlace(column: u32) -> vec3u { return ${columnPlace}; }
fn stepPlace(step: u32) -> vec3u { return ${stepPlace}; }
fn left(group: u32, row: u32, step: u32, s: vec3u) -> f32 { return ${left}; }
fn right(group: u32, c: vec3u, s: vec3u) -> f32 {
  ${right}
}
`;
