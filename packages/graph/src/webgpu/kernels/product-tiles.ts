// A product by tiles, for GPUs: a workgroup loads the factors of some steps into its memory, four neighbours at a time, and
// each invocation multiplies from there into its own elements.
import type { Kernel } from "../kernel.js";
import { repeat } from "../wgsl.js";
import { type Division, type Product, productFunctions, type StoreElement } from "./product.js";
import type { ProductSize, Tile } from "./product-form.js";

/** Workgroups that keep a GPU busy, of tiles of this size: fewer leave it idle, and the steps are divided among more. */
const ENOUGH_TILES = 256;
const USUAL = 64;
/** Steps that are worth a workgroup of their own. */
const FEWEST_STEPS = 512;
/** Parts begin at multiples of this, as the steps that a tile holds do. */
const LONGEST = 16;

/** The same for every tile: so is the order in which an element's products are added. */
export function divideAmongTiles({ groups, rows, columns, steps }: ProductSize): Division {
  const usual = groups * Math.ceil(rows / USUAL) * Math.ceil(columns / USUAL);
  const wanted = Math.max(1, Math.min(Math.ceil(ENOUGH_TILES / usual), Math.floor(steps / FEWEST_STEPS)));
  const stepsPerPart = Math.ceil(steps / wanted / LONGEST) * LONGEST;
  return { parts: Math.ceil(steps / stepsPerPart), stepsPerPart };
}

export function tilesKernel(
  product: Product,
  tile: Tile,
  { parts, stepsPerPart }: Division,
  storeElement: StoreElement,
): Kernel {
  const { groups, rows, columns, steps } = product;
  const [tilesDown, tilesAcross] = [Math.ceil(rows / tile.rows), Math.ceil(columns / tile.columns)];
  /** Invocations of a workgroup, down and across, and the vectors of an invocation. */
  const [down, across] = [tile.rows / tile.down, tile.columns / tile.across];
  const [tall, wide] = [tile.down / 4, tile.across / 4];
  const lanes = down * across;
  const lefts = new Factors("left", tile.rows, tile.steps, lanes, product.leftBeside === "steps");
  const rights = new Factors("right", tile.columns, tile.steps, lanes, product.rightBeside === "steps");
  const row = (quad: string, y: number) => `min(tileRow + ${quad} * 4u + ${y}u, ${rows - 1}u)`;
  const column = (quad: string, x: number) => `min(tileColumn + ${quad} * 4u + ${x}u, ${columns - 1}u)`;
  const sums = Array.from({ length: tile.down * wide }, (_, index) => ({
    name: `sum${index}`,
    y: Math.floor(index / wide),
    x: index % wide,
  }));

  // Within the braces `group` is one of the product's, no longer the number of the workgroup.
  const invocation = `
let tileColumn = group % ${tilesAcross}u * ${tile.columns}u;
let tileRow = group / ${tilesAcross}u % ${tilesDown}u * ${tile.rows}u;
let part = group / ${tilesAcross * tilesDown}u % ${parts}u;
let outer = group / ${tilesAcross * tilesDown * parts}u;
let across = lane % ${across}u;
let down = lane / ${across}u;
let end = min(${steps}u, (part + 1u) * ${stepsPerPart}u);
${lefts.places((quad, y) => `let leftRow${quad.round}_${y} = ${row(quad.name, y)};`)}
${rights.places((quad, x) => `let c${quad.round}_${x} = columnPlace(${column(quad.name, x)});`)}
${sums.map(({ name }) => `var ${name} = vec4f();`).join("\n")}
{
let group = outer;
for (var first = part * ${stepsPerPart}u; first < end; first += ${tile.steps}u) {
  ${lefts.loads((round, y) => `left(group, leftRow${round}_${y}, step, s)`)}
  ${rights.loads((round, x) => `right(group, c${round}_${x}, s)`)}
  workgroupBarrier();
  for (var k = 0u; k < ${tile.steps}u; k++) {
    ${repeat(tall, (y) => `let left${y} = ${lefts.at("k", `down + ${y * down}u`)};`)}
    ${repeat(wide, (x) => `let right${x} = ${rights.at("k", `across + ${x * across}u`)};`)}
    ${sums.map(({ name, y, x }) => `${name} += left${Math.floor(y / 4)}[${y % 4}] * right${x};`).join("\n")}
  }
  workgroupBarrier();
}
var sums = array<vec4f, ${sums.length}>(${sums.map(({ name }) => name).join(", ")});
for (var y = 0u; y < ${tile.down}u; y++) {
  for (var x = 0u; x < ${tile.across}u; x++) {
    let row = tileRow + (down + y / 4u * ${down}u) * 4u + y % 4u;
    let column = tileColumn + (across + x / 4u * ${across}u) * 4u + x % 4u;
    if (row < ${rows}u && column < ${columns}u) {
      ${storeElement(`sums[y * ${wide}u + x / 4u][x % 4u]`)}
    }
  }
}
}`;
  return {
    work: { workgroups: groups * parts * tilesDown * tilesAcross, lanes, invocation },
    declarations: `${lefts.declaration}${rights.declaration}${productFunctions(product)}`,
  };
}

/** Four neighbours of one step, by the round in which an invocation loads them. */
interface Quad {
  readonly round: number;
  /** Which quad of its step it is: a variable. */
  readonly name: string;
}

/** The factors on one side that a workgroup holds: for each step its quads of neighbours, and one more against conflicts. */
class Factors {
  readonly #name: string;
  readonly #quads: number;
  readonly #steps: number;
  readonly #lanes: number;
  readonly #stepsBeside: boolean;

  /** @param stepsBeside whether invocations side by side load steps side by side, since memory has them so. */
  constructor(name: string, length: number, steps: number, lanes: number, stepsBeside: boolean) {
    this.#name = name;
    this.#quads = length / 4;
    this.#steps = steps;
    this.#lanes = lanes;
    this.#stepsBeside = stepsBeside;
  }

  get declaration(): string {
    return `var<workgroup> ${this.#name}Tile: array<vec4f, ${this.#steps * (this.#quads + 1)}>;\n`;
  }

  at(step: string, quad: string): string {
    return `${this.#name}Tile[${step} * ${this.#quads + 1}u + ${quad}]`;
  }

  /** Statements of where the neighbours lie that an invocation loads in each round. */
  places(neighbour: (quad: Quad, index: number) => string): string {
    const [quads, steps, lanes] = [this.#quads, this.#steps, this.#lanes];
    return this.#rounds((round) => {
      const [quad, step] = this.#variables(round);
      const places = this.#stepsBeside
        ? [`lane / ${steps}u + ${(round * lanes) / steps}u`, `lane % ${steps}u`]
        : [`lane % ${quads}u`, `lane / ${quads}u + ${(round * lanes) / quads}u`];
      return `let ${quad} = ${places[0]};
let ${step} = ${places[1]};
${repeat(4, (index) => neighbour({ round, name: quad }, index))}`;
    });
  }

  /** Statements that load the steps from `first` on: zeros behind the `end`. */
  loads(factor: (round: number, index: number) => string): string {
    return this.#rounds((round) => {
      const [quad, step] = this.#variables(round);
      const factors = Array.from({ length: 4 }, (_, index) => factor(round, index)).join(", ");
      return `{
    let step = first + ${step};
    var factors = vec4f();
    if (step < end) { let s = stepPlace(step); factors = vec4f(${factors}); }
    ${this.at(step, quad)} = factors;
  }`;
    });
  }

  #variables(round: number): readonly [quad: string, step: string] {
    return [`${this.#name}Quad${round}`, `${this.#name}Step${round}`];
  }

  #rounds(statements: (round: number) => string): string {
    return repeat((this.#quads * this.#steps) / this.#lanes, statements);
  }
}
