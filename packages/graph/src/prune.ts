import { liveNodes } from "./live-nodes.js";
import type { Graph, NamedValue, ValueId } from "./types.js";

/**
 * The same graph without nodes, inputs and variables that no output and no update needs, its values numbered
 * anew from 0 in order of appearance. An updated variable stays even when nothing reads it.
 */
export function pruneGraph(graph: Graph): Graph {
  const results = [...graph.outputs, ...graph.updates].map(({ value }) => value);
  const { nodes, needed } = liveNodes(graph.nodes, results, {
    reads: ({ inputs }) => inputs,
    gives: ({ outputs }) => outputs,
  });
  const updated = new Set(graph.updates.map(({ name }) => name));
  const inputs = graph.inputs.filter(({ value }) => needed.has(value));
  const variables = graph.variables.filter(({ name, value }) => needed.has(value) || updated.has(name));

  const order = [
    ...inputs.map(({ value }) => value),
    ...variables.map(({ value }) => value),
    ...nodes.flatMap(({ outputs }) => outputs),
  ];
  const renumbered = new Map(order.map((id, index) => [id, index]));
  const rename = (id: ValueId) => renumbered.get(id)!;
  const named = <T extends NamedValue>(values: readonly T[]): T[] =>
    values.map((entry) => ({ ...entry, value: rename(entry.value) }));

  return {
    ...graph,
    types: order.map((id) => graph.types[id]!),
    inputs: named(inputs),
    variables: named(variables),
    nodes: nodes.map((node) => ({
      ...node,
      inputs: node.inputs.map(rename),
      outputs: node.outputs.map(rename),
    })),
    outputs: named(graph.outputs),
    updates: named(graph.updates),
  };
}
