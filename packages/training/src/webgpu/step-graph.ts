import { type Graph, joinGraphs, networkOf } from "@fleuron/graph";
import { updateGraph } from "../optimisers/update-graph.js";
import type { TrainingPlan } from "../plan.js";
import { inTermsOfState } from "../state-graph.js";

/**
 * A whole step as one graph: loss, gradients and the optimiser's update, over variables of the state's names.
 */
export function stepGraph(plan: TrainingPlan): Graph {
  const network = networkOf(plan.network);
  const training = inTermsOfState(network.trainingGraph(plan), network);
  return joinGraphs(`${plan.network.name}-step`, [training, updateGraph(plan)]);
}
