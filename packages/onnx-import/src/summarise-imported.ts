// The layers of an imported network: nodes that one place of the file gave, as a row.
import {
  bindDimensions,
  type Graph,
  type GraphNode,
  type ImportedNetwork,
  multiplicationsOf,
  type Shape,
  type ValueId,
} from "@fleuron/graph";
import { type NetworkSummary, type SummaryRow, sizeOf } from "@fleuron/model";

export interface ImportedSummary extends NetworkSummary {
  /** The last layer with weights, which gives the classes; absent in a network without weights. */
  readonly head?: string;
  /** What its convolutions and matrices take to classify one photo. */
  readonly multiplications: number;
}

/** The table of an imported network's layers, in the order in which they are computed. */
export function summariseImported({ inference, parameters }: ImportedNetwork): ImportedSummary {
  const sizes = new Map(parameters.map(({ name, shape }) => [name, sizeOf(shape)]));
  const unread = new Map(inference.variables.map(({ name, value }) => [value, sizes.get(name) ?? 0]));
  const rows = layersIn(inference).map(([id, nodes]) => rowOf(id, nodes, inference, unread));
  const head = rows.findLast((row) => row.parameters > 0)?.id;
  const total = (given: typeof parameters) => given.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return {
    rows,
    parameters: total(parameters),
    trainable: total(parameters.filter(({ trainable }) => trainable)),
    ...(head !== undefined && { head }),
    multiplications: multiplicationsOf(bindDimensions(inference, { batch: 1 })),
  };
}

function layersIn({ nodes }: Graph): readonly (readonly [string, readonly GraphNode[]])[] {
  const layers = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const layer = layers.get(node.place.layer) ?? [];
    layer.push(node);
    layers.set(node.place.layer, layer);
  }
  return [...layers];
}

/** @param unread how many numbers a variable has that no row has counted yet; those of this row are taken out. */
function rowOf(
  id: string,
  nodes: readonly GraphNode[],
  { types }: Graph,
  unread: Map<ValueId, number>,
): SummaryRow {
  const withWeights = nodes.find(({ inputs }) => inputs.some((input) => unread.has(input)));
  const last = nodes.at(-1)!;
  let parameters = 0;
  for (const input of nodes.flatMap(({ inputs }) => inputs)) {
    parameters += unread.get(input) ?? 0;
    unread.delete(input);
  }
  const type = (withWeights ?? last).operation;
  return { id: id || "output", type, output: onePhoto(types[last.outputs[0]!]!.shape), parameters };
}

/** Without the batch; of an image height, width, channels. */
function onePhoto([, first, ...rest]: Shape): readonly number[] {
  const known = [...rest, ...(first === undefined ? [] : [first])];
  return known.filter((length) => typeof length === "number");
}
