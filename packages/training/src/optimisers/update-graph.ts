import { type Graph, GraphBuilder, gradientName } from "@fleuron/graph";
import type { TrainingPlan } from "../plan.js";
import { learningParameters, parameterStateName, slotStateName } from "../state.js";
import { optimiserDefinition, slotNames } from "./index.js";

/**
 * The optimiser's part of a step as a graph: inputs `gradient/…` and the scalar `learningRate`; variables and
 * updates named as in the state. What an engine's fused update is tested against.
 */
export function updateGraph(plan: TrainingPlan): Graph {
  const builder = new GraphBuilder(`${plan.network.name}-update`);
  const learningRate = builder.input("learningRate", { type: "scalar" }, []);
  const learning = learningParameters(plan);
  const parameters = learning.map((parameter) => ({
    variable: builder.variable(parameterStateName(parameter), parameter.shape),
    gradient: builder.input(gradientName(parameter.name), { type: "tensor" }, parameter.shape),
    slots: Object.fromEntries(
      slotNames(plan.optimiser).map((slot) => [
        slot,
        builder.variable(slotStateName(slot, parameter.name), parameter.shape),
      ]),
    ),
    decays: parameter.kind === "kernel",
  }));
  const updated = optimiserDefinition(plan.optimiser).update({ parameters, learningRate }, plan.optimiser);
  learning.forEach((parameter, index) => {
    builder.update(parameterStateName(parameter), updated[index].variable);
    for (const [slot, value] of Object.entries(updated[index].slots)) {
      builder.update(slotStateName(slot, parameter.name), value);
    }
  });
  return builder.build();
}
