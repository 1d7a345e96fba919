// Matrix products, which convolutions are as well: one invocation computes a block of the result straight from memory,
// without memory of a workgroup and its barriers.
import { sizeOf } from "@fleuron/model";
import type { Kernel, KernelTensor, Scratch } from "../kernel.js";
import { repeat } from "../wgsl.js";

/**
 * result[row, column] = Σ left[row, step] × right[step, column], for each of some groups. What follows from a column or
 * from a step alone is worked out once, as a `vec3u`: a photo, a row and a column, say.
 */
export interface Product {
  readonly groups: number;
  readonly rows: number;
  readonly columns: number;
  readonly steps: number;
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

/** Items that a GPU should have at least: fewer leave it idle, and the steps are divided among more of them. */
const ENOUGH_ITEMS = 4096;
/** Steps that are worth an item of their own. */
const FEWEST_STEPS = 512;

/** The kernels that store a product in `output`: one, or two where its steps are divided. */
export function productKernels(product: Product, output: KernelTensor, scratch: Scratch): readonly Kernel[] {
  const { groups, rows, columns, steps } = product;
  const height = Math.min(8, rows);
  const width = columns >= 64 ? 4 : 2;
  const [blocksDown, blocksAcross] = [Math.ceil(rows / height), Math.ceil(columns / width)];
  const blocks = groups * blocksDown * blocksAcross;
  const parts = Math.max(1, Math.min(Math.ceil(ENOUGH_ITEMS / blocks), Math.floor(steps / FEWEST_STEPS)));
  const stepsPerPart = Math.ceil(steps / parts);
  const elements = sizeOf(output.shape);
  const results = parts === 1 ? output : scratch([parts, elements]);
  const place = parts === 1 ? product.index : `part * ${elements}u + ${product.index}`;

  const item = `
let across = i % ${blocksAcross}u;
let down = i / ${blocksAcross}u % ${blocksDown}u;
let part = i / ${blocksAcross * blocksDown}u % ${parts}u;
let group = i / ${blocksAcross * blocksDown * parts}u;
${repeat(width, (x) => `let c${x} = columnPlace(min(across + ${x * blocksAcross}u, ${columns - 1}u));`)}
${repeat(height, (y) => `let row${y} = min(down * ${height}u + ${y}u, ${rows - 1}u);`)}
${repeat(height, (y) => `var sum${y} = vec${width}f();`)}
for (var step = part * ${stepsPerPart}u; step < min(${steps}u, (part + 1u) * ${stepsPerPart}u); step++) {
  let s = stepPlace(step);
  let factors = vec${width}f(${Array.from({ length: width }, (_, x) => `right(group, c${x}, s)`).join(", ")});
  ${repeat(height, (y) => `sum${y} += left(group, row${y}, step, s) * factors;`)}
}
let sums = array<vec${width}f, ${height}>(${Array.from({ length: height }, (_, y) => `sum${y}`).join(", ")});
for (var y = 0u; y < ${height}u; y++) {
  for (var x = 0u; x < ${width}u; x++) {
    let row = down * ${height}u + y;
    let column = across + x * ${blocksAcross}u;
    if (row < ${rows}u && column < ${columns}u) {
      let place = ${place};
      ${results.store("place", "sums[y][x]")}
    }
  }
}`;
  const declarations = `
fn columnPlace(column: u32) -> vec3u { return ${product.columnPlace}; }
fn stepPlace(step: u32) -> vec3u { return ${product.stepPlace}; }
fn left(group: u32, row: u32, step: u32, s: vec3u) -> f32 { return ${product.left}; }
fn right(group: u32, c: vec3u, s: vec3u) -> f32 {
  ${product.right}
}
`;
  const kernel: Kernel = { work: { items: blocks * parts, item }, declarations };
  return parts === 1 ? [kernel] : [kernel, sumOfParts(results, output, parts)];
}

/** Adds the parts in one order. */
function sumOfParts(parts: KernelTensor, output: KernelTensor, count: number): Kernel {
  const elements = sizeOf(output.shape);
  const item = `
var sum = 0.0;
for (var part = 0u; part < ${count}u; part++) { sum += ${parts.load(`part * ${elements}u + i`)}; }
${output.store("i", "sum")}`;
  return { work: { items: elements, item } };
}
