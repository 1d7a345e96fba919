import type { GraphBuilder } from "./builder.js";
import type { Tensor } from "./operation.js";
import { operationNamed } from "./operations/index.js";
import type { Graph, ValueId } from "./types.js";

/** Adds a finished graph's inputs, variables and nodes to one that is being built: its values there. */
export function replayGraph(builder: GraphBuilder, graph: Graph): ReadonlyMap<ValueId, Tensor> {
  const tensors = new Map<ValueId, Tensor>();
  for (const { name, role, value } of graph.inputs) {
    const { dtype, shape } = graph.types[value]!;
    tensors.set(value, builder.input(name, role, shape, dtype));
  }
  for (const { name, value } of graph.variables)
    tensors.set(value, builder.variable(name, graph.types[value]!.shape));
  for (const { operation, attributes, inputs, outputs, place } of graph.nodes) {
    const results = builder.at(place, () =>
      builder.apply(
        operationNamed(operation),
        inputs.map((id) => tensors.get(id)!),
        attributes,
      ),
    );
    outputs.forEach((id, index) => {
      tensors.set(id, results[index]!);
    });
  }
  return tensors;
}
