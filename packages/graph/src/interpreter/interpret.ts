// The oracle: executes any graph in float64, slowly and plainly.
import { FleuronError } from "@fleuron/model";
import { bindAttributes } from "../dimensions.js";
import { splitAxis } from "../joined-axis.js";
import { operationNamed } from "../operations/index.js";
import { shapeText } from "../shapes.js";
import type { Dimension, Graph, ValueId } from "../types.js";
import type { ReferenceTensor } from "./reference-tensor.js";

export interface InterpreterResult {
  readonly outputs: ReadonlyMap<string, ReferenceTensor>;
  readonly updates: ReadonlyMap<string, ReferenceTensor>;
}

/**
 * Runs `graph` on `feeds`, which hold every input and every variable by name. A named dimension takes the
 * length that the feeds give it.
 * @throws FleuronError "graph-invalid" for a feed that is missing or has another shape.
 */
export function interpret(graph: Graph, feeds: Readonly<Record<string, ReferenceTensor>>): InterpreterResult {
  const values = new Map<ValueId, ReferenceTensor>();
  const dimensions = new Map<string, number>();
  for (const { name, value } of [...graph.inputs, ...graph.variables]) {
    const feed = feeds[name];
    if (!feed)
      throw new FleuronError("graph-invalid", `interpret: '${name}' was not fed.`, { subject: name });
    const { shape } = graph.types[value]!;
    if (
      shape.length !== feed.shape.length ||
      !shape.every((d, axis) => bind(dimensions, d, feed.shape[axis]!))
    ) {
      throw new FleuronError(
        "graph-invalid",
        `interpret: '${name}' has shape ${shapeText(shape)} but was fed ${shapeText(feed.shape)}.`,
        { subject: name },
      );
    }
    values.set(value, feed);
  }
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => values.get(id)!);
    const operation = operationNamed(node.operation);
    const outputs = operation.evaluate(inputs, bindAttributes(operation, node.attributes, dimensions));
    node.outputs.forEach((id, index) => {
      values.set(id, outputs[index]!);
    });
  }
  const named = (entries: Graph["outputs"]) =>
    new Map(entries.map(({ name, value }) => [name, values.get(value)!]));
  return { outputs: named(graph.outputs), updates: named(graph.updates) };
}

/** Whether `length` is what `dimension` says; a name takes the first length that it meets. */
function bind(dimensions: Map<string, number>, dimension: Dimension, length: number): boolean {
  if (typeof dimension === "number") return dimension === length;
  const { name, outer, inner } = splitAxis(dimension);
  const own = length / (outer * inner);
  const known = dimensions.get(name);
  if (known === undefined && Number.isInteger(own)) dimensions.set(name, own);
  return Number.isInteger(own) && (known === undefined || known === own);
}
