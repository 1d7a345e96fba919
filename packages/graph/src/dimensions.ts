// Named dimensions ("batch") and the lengths they get.
import { FleuronError } from "@fleuron/model";
import { splitAxis } from "./joined-axis.js";
import type { Operation } from "./operation.js";
import { operationNamed } from "./operations/index.js";
import { knownShape } from "./shapes.js";
import type { Attributes, Dimension, Graph, GraphInput, Shape, TensorType } from "./types.js";

export type DimensionLengths = ReadonlyMap<string, number>;

const bindShape = (shape: Shape, lengths: DimensionLengths): Shape<number> =>
  shape.map((dimension) => bound(dimension, lengths));

/** The attributes with a length in the place of each name, in the one that holds a shape. */
export function bindAttributes(
  { shapeAttribute }: Pick<Operation, "shapeAttribute">,
  attributes: Attributes,
  lengths: DimensionLengths,
): Attributes {
  if (shapeAttribute === undefined) return attributes;
  const shape = attributes[shapeAttribute] as Shape;
  return { ...attributes, [shapeAttribute]: bindShape(shape, lengths) };
}

/**
 * The same graph for fixed lengths of its named dimensions, its shapes inferred anew.
 * @throws FleuronError "graph-invalid" for a dimension that is given no length.
 */
export function bindDimensions(graph: Graph, lengths: Readonly<Record<string, number>>): Graph<number> {
  const map = new Map(Object.entries(lengths));
  const types: TensorType<number>[] = [];
  for (const { value } of [...graph.inputs, ...graph.variables]) {
    const { dtype, shape } = graph.types[value]!;
    types[value] = { dtype, shape: bindShape(shape, map) };
  }
  const nodes = graph.nodes.map((node) => {
    const operation = operationNamed(node.operation);
    const attributes = bindAttributes(operation, node.attributes, map);
    const outputs = operation.infer(
      node.inputs.map((id) => types[id]!),
      attributes,
    );
    node.outputs.forEach((id, index) => {
      const { dtype, shape } = outputs[index]!;
      types[id] = { dtype, shape: bindShape(shape, map) };
    });
    return { ...node, attributes };
  });
  return { ...graph, types, nodes };
}

/** What an input holds for one photo: its shape behind the batch. */
export const shapePerPhoto = ({ types }: Graph, { name, value }: GraphInput): Shape<number> =>
  knownShape(name, types[value]!.shape.slice(1));

function bound(dimension: Dimension, lengths: DimensionLengths): number {
  if (typeof dimension === "number") return dimension;
  const { name, outer, inner } = splitAxis(dimension);
  const length = lengths.get(name);
  if (length !== undefined) return outer * length * inner;
  throw new FleuronError("graph-invalid", `The dimension '${name}' has no length.`, { subject: name });
}
