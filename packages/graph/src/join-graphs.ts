import { invalid } from "./invalid.js";
import { requireSameType } from "./require-same-type.js";
import type {
  Dimension,
  Graph,
  GraphInput,
  GraphNode,
  GraphVariable,
  NamedValue,
  TensorType,
  ValueId,
} from "./types.js";

/**
 * One graph of several: an input takes the output of its name of an earlier graph, and inputs and variables of one name
 * are one. All nodes read the old values of variables, those of later graphs too.
 * @throws FleuronError "graph-invalid" for an output or an update that two graphs have, and for a name of two types.
 */
export function joinGraphs<D extends Dimension>(name: string, graphs: readonly Graph<D>[]): Graph<D> {
  const types: TensorType<D>[] = [];
  const nodes: GraphNode[] = [];
  const inputs = new Map<string, GraphInput>();
  const variables = new Map<string, GraphVariable>();
  const outputs = new Map<string, ValueId>();
  const updates = new Map<string, ValueId>();
  for (const graph of graphs) {
    const ids = new Map<ValueId, ValueId>();
    const idOf = (id: ValueId): ValueId => {
      const known = ids.get(id) ?? types.push(graph.types[id]!) - 1;
      ids.set(id, known);
      return known;
    };
    /** The value that a name has already, or that of this graph. */
    const shared = ({ name, value: own }: NamedValue, there: ValueId | undefined): ValueId => {
      const value = there ?? idOf(own);
      requireSameType(name, types[value]!, graph.types[own]!);
      ids.set(own, value);
      return value;
    };
    for (const input of graph.inputs) {
      const value = shared(input, outputs.get(input.name) ?? inputs.get(input.name)?.value);
      if (!outputs.has(input.name)) inputs.set(input.name, { ...input, value });
    }
    for (const variable of graph.variables) {
      const value = shared(variable, variables.get(variable.name)?.value);
      variables.set(variable.name, { ...variable, value });
    }
    for (const node of graph.nodes)
      nodes.push({ ...node, inputs: node.inputs.map(idOf), outputs: node.outputs.map(idOf) });
    for (const [given, all] of [
      [graph.outputs, outputs],
      [graph.updates, updates],
    ] as const) {
      for (const { name, value } of given) {
        if (all.has(name)) throw givenTwice(name);
        all.set(name, idOf(value));
      }
    }
  }
  const named = (values: ReadonlyMap<string, ValueId>) =>
    [...values].map(([name, value]) => ({ name, value }));
  return {
    formatVersion: 1,
    name,
    types,
    inputs: [...inputs.values()],
    variables: [...variables.values()],
    nodes,
    outputs: named(outputs),
    updates: named(updates),
  };
}

const givenTwice = (name: string) => invalid(name, `Two of the graphs that are joined give '${name}'.`);
