import { type Network, networkClasses, networkParameters } from "@fleuron/model";
import { graphNetwork, type ImportedNetwork } from "./imported-network.js";
import { classifierGraph, inferenceGraph, trainingGraph } from "./network.js";
import type { TrainableNetwork } from "./trainable-network.js";

/** What stands for a network as data: a list of layers, or the graph of a foreign file. */
export type NetworkDescription = Network | ImportedNetwork;

/**
 * The network that a description stands for.
 * @throws FleuronError "network-invalid", "layer-shape".
 */
export function networkOf(description: NetworkDescription): TrainableNetwork {
  if ("inference" in description) return graphNetwork(description);
  return {
    name: description.name,
    input: description.input,
    classes: networkClasses(description),
    parameters: networkParameters(description),
    inferenceGraph: () => inferenceGraph(description),
    classifierGraph: (options) => classifierGraph(description, options),
    trainingGraph: (options) => trainingGraph(description, options),
  };
}
