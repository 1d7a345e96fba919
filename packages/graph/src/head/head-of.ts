// Which layer of an imported network names the classes.
import { FleuronError } from "@fleuron/model";
import type { ImportedNetwork } from "../imported-network.js";
import type { GraphErrorCode } from "../shapes.js";
import type { Graph, ValueId } from "../types.js";
import { imageDependent } from "./image-dependent.js";
import { type LinearLayer, linearLayers } from "./linear-layers.js";

export interface HeadChoice {
  /** The name of a layer, or of its kernel. Default: the last linear layer, where there is one such. */
  readonly head?: string | undefined;
}

/**
 * The layer that gives a number for each class, a dense one or a 1×1 convolution: the one that every way to the logits
 * comes from, by no more than biases, scales, pools, activations that cut, and other arrangements of its numbers.
 * @throws FleuronError "network-head", naming layers to choose from, where none is that, or several are.
 */
export function headOf({ name, inference }: ImportedNetwork, { head }: HeadChoice = {}): LinearLayer {
  const layers = linearLayers(inference);
  if (layers.length === 0)
    throw noHead(`The network '${name}' has no dense layer or 1×1 convolution to be replaced.`, layers);
  if (head !== undefined) {
    const chosen = layers.find((layer) => layer.name === head || layer.kernel === head);
    if (chosen) return chosen;
    throw noHead(`The network '${name}' has no dense layer or 1×1 convolution '${head}'.`, layers);
  }
  const found = layersBehind(inference, layers);
  if (found === undefined)
    throw noHead(`No layer of the network '${name}' gives its logits as a classifying head does.`, layers);
  const [first, another] = found;
  if (first === undefined || another !== undefined)
    throw noHead(`The network '${name}' has ${found.length} classifying heads.`, found);
  return first;
}

/** How the numbers that a head gives may become logits. */
const passing = new Set([
  ...["reshape", "transpose", "concat"],
  ...["biasAdd", "add", "subtract", "multiply", "divide"],
  ...["averagePool", "maxPool", "reduceSum", "reduceMax"],
  ...["relu", "clip", "softmax", "logSoftmax"],
]);

/** The linear layers that all ways to the logits come from; undefined where one comes from elsewhere. */
function layersBehind(graph: Graph, layers: readonly LinearLayer[]): readonly LinearLayer[] | undefined {
  const dependent = imageDependent(graph);
  const given = new Map(layers.map((layer) => [layer.output, layer]));
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node])));
  const found = new Set<LinearLayer>();
  const seen = new Set<ValueId>();
  const waiting = [graph.outputs[0]!.value];
  for (const value of waiting) {
    if (seen.has(value)) continue;
    seen.add(value);
    const layer = given.get(value);
    const node = producers.get(value);
    if (layer) found.add(layer);
    else if (node && passing.has(node.operation))
      waiting.push(...node.inputs.filter((input) => dependent.has(input)));
    else return undefined;
  }
  return layers.filter((layer) => found.has(layer));
}

const MENTIONED = 5;

const noHead = (message: string, layers: readonly LinearLayer[]) => {
  const names = layers.slice(-MENTIONED).map((layer) => `'${layer.name || layer.kernel}'`);
  const more = layers.length > MENTIONED ? `the last are ${names.join(", ")}` : names.join(", ");
  return new FleuronError<GraphErrorCode>("network-head", message, {
    kind: "usage",
    subject: "head",
    hint: layers.length > 0 ? `Name the layer to replace with \`head\`: ${more}.` : undefined,
  });
};
