// The layers of a network that multiply each vector of features by one matrix: each of them may be its head.
import type { Graph, GraphNode, ValueId } from "../types.js";
import { imageDependent } from "./image-dependent.js";

export interface LinearLayer {
  /** What the file calls the node. */
  readonly name: string;
  /** Its weights' name. */
  readonly kernel: string;
  /** What it reads: features along one axis, and perhaps places along others. */
  readonly features: ValueId;
  readonly axis: number;
  readonly output: ValueId;
}

/** Dense layers and 1×1 convolutions, in the order in which they are computed. */
export function linearLayers(graph: Graph): readonly LinearLayer[] {
  const dependent = imageDependent(graph);
  const kernels = kernelsOf(graph);
  return graph.nodes.flatMap((node) => {
    const [features, weights] = node.inputs;
    const axis = featureAxis(graph, node);
    const kernel = kernels.get(weights!);
    if (axis === undefined || kernel === undefined || !dependent.has(features!)) return [];
    return [{ name: node.place.layer, kernel, features: features!, axis, output: node.outputs[0]! }];
  });
}

/** The variable that a value is, in whatever shape. */
function kernelsOf({ variables, nodes }: Graph): ReadonlyMap<ValueId, string> {
  const kernels = new Map(variables.map(({ name, value }) => [value, name]));
  for (const { operation, inputs, outputs } of nodes) {
    const kernel = kernels.get(inputs[0]!);
    if (kernel !== undefined && (operation === "reshape" || operation === "transpose"))
      kernels.set(outputs[0]!, kernel);
  }
  return kernels;
}

function featureAxis(
  { types, inputs: [image] }: Graph,
  { operation, attributes, inputs }: GraphNode,
): number | undefined {
  // Rows that are not the images', such as the places of their maps, have no features of an image.
  if (types[inputs[0]!]?.shape[0] !== types[image!.value]!.shape[0]) return undefined;
  if (operation === "matMul") return attributes.transposeA ? undefined : 1;
  if (operation === "batchMatMul") return types[inputs[0]!]!.shape.length - 1;
  if (operation !== "conv2d") return undefined;
  const [, , ...window] = types[inputs[1]!]!.shape;
  const numbers = (name: string) => attributes[name] as readonly number[];
  const isDense =
    attributes.groups === 1 &&
    [...window, ...numbers("strides")].every((length) => length === 1) &&
    numbers("pads").every((pad) => pad === 0);
  return isDense ? 1 : undefined;
}
