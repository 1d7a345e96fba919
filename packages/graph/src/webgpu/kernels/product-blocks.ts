// A product by blocks: one invocation computes a block of the result straight from memory, without memory of a workgroup
// and its barriers.
import type { Kernel } from "../kernel.js";
import { repeat } from "../wgsl.js";
import { type Division, type Product, productFunctions, type StoreElement } from "./product.js";

/** Items that an adapter should have at least: fewer leave it idle, and the steps are divided among more of them. */
const ENOUGH_ITEMS = 4096;
/** Steps that are worth an item of their own. */
const FEWEST_STEPS = 512;
/** Steps that are added to each other before they are added to the rest: a long sum rounds less in short ones. */
const RUN = 64;

function blocksOf({ groups, rows, columns }: Product) {
  const height = Math.min(8, rows);
  const width = columns >= 64 ? 4 : 2;
  const [down, across] = [Math.ceil(rows / height), Math.ceil(columns / width)];
  return { height, width, down, across, count: groups * down * across };
}

export function divideAmongBlocks(product: Product): Division {
  const { steps } = product;
  const { count } = blocksOf(product);
  const parts = Math.max(1, Math.min(Math.ceil(ENOUGH_ITEMS / count), Math.floor(steps / FEWEST_STEPS)));
  return { parts, stepsPerPart: Math.ceil(steps / parts) };
}

export function blocksKernel(
  product: Product,
  { parts, stepsPerPart }: Division,
  storeElement: StoreElement,
): Kernel {
  const { rows, columns, steps } = product;
  const { height, width, down, across, count } = blocksOf(product);
  const item = `
let across = i % ${across}u;
let down = i / ${across}u % ${down}u;
let part = i / ${across * down}u % ${parts}u;
let group = i / ${across * down * parts}u;
${repeat(width, (x) => `let c${x} = columnPlace(min(across + ${x * across}u, ${columns - 1}u));`)}
${repeat(height, (y) => `let row${y} = min(down * ${height}u + ${y}u, ${rows - 1}u);`)}
${repeat(height, (y) => `var sum${y} = vec${width}f();`)}
let end = min(${steps}u, (part + 1u) * ${stepsPerPart}u);
for (var start = part * ${stepsPerPart}u; start < end; start += ${RUN}u) {
  ${repeat(height, (y) => `var run${y} = vec${width}f();`)}
  for (var step = start; step < min(end, start + ${RUN}u); step++) {
    let s = stepPlace(step);
    let factors = vec${width}f(${Array.from({ length: width }, (_, x) => `right(group, c${x}, s)`).join(", ")});
    ${repeat(height, (y) => `run${y} += left(group, row${y}, step, s) * factors;`)}
  }
  ${repeat(height, (y) => `sum${y} += run${y};`)}
}
let sums = array<vec${width}f, ${height}>(${Array.from({ length: height }, (_, y) => `sum${y}`).join(", ")});
for (var y = 0u; y < ${height}u; y++) {
  for (var x = 0u; x < ${width}u; x++) {
    let row = down * ${height}u + y;
    let column = across + x * ${across}u;
    if (row < ${rows}u && column < ${columns}u) {
      ${storeElement("sums[y][x]")}
    }
  }
}`;
  return { work: { items: count * parts, item }, declarations: productFunctions(product) };
}
