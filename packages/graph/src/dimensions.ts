// Named dimensions ("batch") and the lengths they get.
import { operationNamed } from "./operations/index.js";
import type { Attributes, AttributeValue, Dimension, Graph, Shape, TensorType } from "./types.js";

export type DimensionLengths = ReadonlyMap<string, number>;

export const bindShape = (shape: Shape, lengths: DimensionLengths): Shape =>
  shape.map((dimension) => bound(dimension, lengths));

/** Only the attribute `shape` may hold named dimensions. */
export function bindAttributes<A extends Attributes>(attributes: A, lengths: DimensionLengths): A {
  const { shape } = attributes;
  if (!Array.isArray(shape)) return attributes;
  return {
    ...attributes,
    shape: shape.map((dimension: AttributeValue) => bound(dimension as Dimension, lengths)),
  };
}

/** The same graph for fixed lengths of some named dimensions, its shapes inferred anew. */
export function bindDimensions(graph: Graph, lengths: Readonly<Record<string, number>>): Graph {
  const map = new Map(Object.entries(lengths));
  const types: TensorType[] = [...graph.types];
  for (const { value } of [...graph.inputs, ...graph.variables]) {
    types[value] = { ...types[value], shape: bindShape(types[value].shape, map) };
  }
  const nodes = graph.nodes.map((node) => {
    const attributes = bindAttributes(node.attributes, map);
    const outputs = operationNamed(node.operation).infer(
      node.inputs.map((id) => types[id]),
      attributes,
    );
    node.outputs.forEach((id, index) => {
      types[id] = outputs[index];
    });
    return { ...node, attributes };
  });
  return { ...graph, types, nodes };
}

const bound = (dimension: Dimension, lengths: DimensionLengths): Dimension =>
  typeof dimension === "string" ? (lengths.get(dimension) ?? dimension) : dimension;
