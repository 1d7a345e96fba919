// Which tile suits which product on a GPU: measured once, and kept.

import type { Graph, GraphNode } from "../types.js";
import { isNarrow, type ProductSize, type TileName, tiles, unmeasuredForm } from "./kernels/product-form.js";
import { lower } from "./lower.js";
import type { ChooseForm } from "./lowering.js";
import { compileProgram } from "./program.js";
import { DeviceVariables } from "./variables.js";

/** Keeps the tiles that were measured, by adapter and kind of product. */
export interface TileStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, tile: string): Promise<void>;
}

/**
 * The forms of a graph's products on a GPU. For each kind of product the store has the tile; where it has none, each tile
 * is tried on the smallest of that kind, and the fastest is kept. Any tile gives the same bits.
 */
export async function tunedProducts(
  device: GPUDevice,
  graph: Graph<number>,
  store: TileStore,
): Promise<ChooseForm> {
  const adapter = adapterWords(device.adapterInfo);
  const chosen = new Map<string, TileName>();
  for (const [kind, node] of smallestProducts(graph)) {
    const key = `${adapter}: ${kind}`;
    const kept = await store.get(key);
    const tile = isTileName(kept) ? kept : await fastestTile(device, graph, node);
    if (tile !== kept) await store.set(key, tile);
    chosen.set(kind, tile);
  }
  return (size, node) => {
    const tile = chosen.get(kindOf(size, node));
    return tile === undefined || isNarrow(size) ? unmeasuredForm(size) : tiles[tile];
  };
}

/** An adapter and its driver. */
const adapterWords = ({ vendor, architecture, device, description }: GPUAdapterInfo): string =>
  [vendor, architecture, device, description].filter((each) => each !== "").join(", ");

const isTileName = (text: string | undefined): text is TileName =>
  text !== undefined && Object.hasOwn(tiles, text);

/** The node with the fewest multiplications of each kind of product that tiles may compute. */
export function smallestProducts(graph: Graph<number>): ReadonlyMap<string, GraphNode> {
  const smallest = new Map<string, { node: GraphNode; work: number }>();
  lower(graph, {
    wanted: graph.outputs,
    products(size, node) {
      const [kind, work] = [kindOf(size, node), size.groups * size.rows * size.columns * size.steps];
      if (!isNarrow(size) && work < (smallest.get(kind)?.work ?? Infinity))
        smallest.set(kind, { node, work });
      return "blocks";
    },
  });
  return new Map([...smallest].map(([kind, { node }]) => [kind, node]));
}

/** Products of one kind are read alike, and fill tiles alike: beyond some size a larger one is more of the same. */
function kindOf(
  { rows, columns, steps, leftBeside, rightBeside }: ProductSize,
  { operation }: GraphNode,
): string {
  const band = (length: number, most: number) => Math.min(2 ** Math.ceil(Math.log2(length)), most);
  return `${operation} ${band(rows, 128)}x${band(columns, 128)}x${band(steps, 256)}, ${leftBeside} and ${rightBeside} side by side`;
}

const RUNS = 3;

async function fastestTile(device: GPUDevice, graph: Graph<number>, node: GraphNode): Promise<TileName> {
  const alone = graphOf(graph, node);
  const shapes = alone.variables.map(({ name, value }) => [name, alone.types[value]!.shape] as const);
  const variables = await DeviceVariables.create(device, shapes);
  try {
    const programs = await Promise.all(
      (Object.keys(tiles) as TileName[]).map(async (name) => {
        const program = await compileProgram(alone, variables, { products: () => tiles[name] });
        return { name, program };
      }),
    );
    const times: { readonly name: TileName; readonly milliseconds: number }[] = [];
    for (const { name, program } of programs) {
      await program.time(1);
      times.push({ name, milliseconds: await program.time(RUNS) });
      program.destroy();
    }
    return times.reduce((best, each) => (each.milliseconds < best.milliseconds ? each : best)).name;
  } finally {
    variables.destroy();
  }
}

/** A graph of one node over variables, whose result is the new value of another. */
function graphOf({ types, formatVersion }: Graph<number>, node: GraphNode): Graph<number> {
  const [output] = node.outputs;
  const inputs = [...new Set(node.inputs)].map((value) => ({ name: `input ${value}`, value }));
  const name = "result";
  return {
    formatVersion,
    name: node.operation,
    types: [...types, types[output!]!],
    inputs: [],
    variables: [...inputs, { name, value: types.length }],
    nodes: [node],
    outputs: [],
    updates: [{ name, value: output! }],
  };
}
