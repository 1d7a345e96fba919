// Which parameters of an imported network learn, when not all do.
import type { ImportedNetwork } from "../imported-network.js";
import type { ValueId } from "../types.js";

/** `last` counts layers with a kernel from the end, the head among them. */
export type TrainableChoice = "head" | "all" | { readonly last: number };

/**
 * The names of the parameters that learn, in the network's order. Biases, scales and normalisations belong to the layer
 * with a kernel that they follow. What precedes all kernels learns with "all" alone, statistics never.
 */
export function trainableParameters(network: ImportedNetwork, choice: TrainableChoice): readonly string[] {
  const learning = network.parameters.filter(({ trainable }) => trainable).map(({ name }) => name);
  if (choice === "all") return learning;
  const { layers, layerOf } = layersWithKernels(network);
  const first = Math.max(1, layers - (choice === "head" ? 1 : choice.last) + 1);
  return learning.filter((name) => layerOf.get(name)! >= first);
}

/** The layers with kernels, counted from 1 in the order in which they are computed, and each parameter's among them. */
function layersWithKernels({ inference, parameters }: ImportedNetwork) {
  const kernels = new Set(parameters.filter(({ kind }) => kind === "kernel").map(({ name }) => name));
  /** The names that a value is made of which no photo changes. */
  const sources = new Map<ValueId, readonly string[]>(
    inference.variables.map(({ name, value }) => [value, [name]]),
  );
  const reached = new Map<ValueId, number>(inference.inputs.map(({ value }) => [value, 0]));
  const layerOf = new Map<string, number>();
  let layers = 0;
  for (const { inputs, outputs } of inference.nodes) {
    const names = inputs.flatMap((input) => sources.get(input) ?? []);
    const before = inputs.flatMap((input) => reached.get(input) ?? []);
    if (before.length === 0) {
      for (const output of outputs) sources.set(output, names);
      continue;
    }
    const layer = names.some((name) => kernels.has(name)) ? ++layers : Math.max(...before);
    for (const name of names) layerOf.set(name, layer);
    for (const output of outputs) reached.set(output, layer);
  }
  return { layers, layerOf };
}
