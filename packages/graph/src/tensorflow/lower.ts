import type { Graph, TensorType, ValueId } from "../types.js";
import type { TensorflowEmitter } from "./emitter.js";
import { loweringOf } from "./operations/index.js";
import { computed, type TensorflowValue } from "./value.js";

/**
 * Writes the nodes of `graph` into `emit`, and returns the values of its outputs and updates. `given` makes an input
 * or a variable: a tensor of that type which lies in whatever layout suits its source.
 */
export function lower(
  graph: Graph,
  emit: TensorflowEmitter,
  given: (name: string, type: TensorType) => TensorflowValue,
): {
  readonly outputs: ReadonlyMap<string, TensorflowValue>;
  readonly updates: ReadonlyMap<string, TensorflowValue>;
} {
  const values = new Map<ValueId, TensorflowValue>();
  for (const { name, value } of [...graph.inputs, ...graph.variables]) {
    values.set(value, given(name, graph.types[value]!));
  }
  for (const node of graph.nodes) {
    emit.enter(node);
    const outputs = node.outputs.map((id) => graph.types[id]!);
    const inputs = node.inputs.map((id) => values.get(id)!);
    const laidOut = loweringOf(node.operation)({ inputs, attributes: node.attributes, outputs, emit });
    node.outputs.forEach((id, index) => {
      values.set(id, computed(outputs[index]!, laidOut[index]!, emit));
    });
  }
  emit.leave();
  const named = (entries: Graph["outputs"]) =>
    new Map(entries.map(({ name, value }) => [name, values.get(value)!]));
  return { outputs: named(graph.outputs), updates: named(graph.updates) };
}
