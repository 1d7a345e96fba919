import type { Graph, TrainableNetwork } from "@fleuron/graph";
import { parameterStateName } from "./state.js";

/** The graph of a network with its variables named as in the state. */
export function inTermsOfState(graph: Graph, network: TrainableNetwork): Graph {
  const names = new Map(network.parameters.map((each) => [each.name, parameterStateName(each)]));
  const renamed = <Entry extends { readonly name: string }>(entries: readonly Entry[]) =>
    entries.map((entry) => ({ ...entry, name: names.get(entry.name) ?? entry.name }));
  return { ...graph, variables: renamed(graph.variables), updates: renamed(graph.updates) };
}
