import { type Graph, joinGraphs, networkOf } from "@fleuron/graph";
import { updateGraph } from "../optimisers/update-graph.js";
import type { TrainingPlan } from "../plan.js";
import { parameterStateName } from "../state.js";

/**
 * A whole step as one graph: loss, gradients and the optimiser's update, over variables of the state's names.
 */
export const stepGraph = (plan: TrainingPlan): Graph =>
  joinGraphs(`${plan.network.name}-step`, [
    overState(plan, networkOf(plan.network).trainingGraph(plan)),
    updateGraph(plan),
  ]);

/** A network's graph with the names that the state has for its variables. */
export function overState(plan: TrainingPlan, graph: Graph): Graph {
  const names = new Map(
    networkOf(plan.network).parameters.map((parameter) => [parameter.name, parameterStateName(parameter)]),
  );
  const renamed = <Named extends { readonly name: string }>(each: Named): Named => ({
    ...each,
    name: names.get(each.name) ?? each.name,
  });
  return { ...graph, variables: graph.variables.map(renamed), updates: graph.updates.map(renamed) };
}
