import { constant, type Graph, GraphBuilder, gradientName, multiply, type Tensor } from "@fleuron/graph";
import type { TrainingPlan } from "../plan.js";
import {
  learningParameters,
  parameterStateName,
  rateFactorOf,
  scalarStateName,
  slotStateName,
} from "../state.js";
import { optimiserDefinition } from "./index.js";

/**
 * The optimiser's part of a step as a graph: inputs `gradient/…` and the scalar `learningRate`; variables and
 * updates named as in the state. Engines run it, or a fused form that is tested against it.
 */
export function updateGraph(
  plan: Pick<TrainingPlan, "network" | "optimiser" | "trainable" | "bodyRate">,
): Graph {
  const builder = new GraphBuilder(`${plan.network.name}-update`);
  const learningRate = builder.input("learningRate", { type: "scalar" }, []);
  const { slots, scalars, update } = optimiserDefinition(plan.optimiser);
  const learning = learningParameters(plan);
  const parameters = learning.map((parameter) => ({
    variable: builder.variable(parameterStateName(parameter), parameter.shape),
    gradient: builder.input(gradientName(parameter.name), { type: "tensor" }, parameter.shape),
    slots: Object.fromEntries(
      slots.map((slot) => [slot, builder.variable(slotStateName(slot, parameter.name), parameter.shape)]),
    ),
    decays: parameter.decays,
    learningRate: times(learningRate, rateFactorOf(plan, parameter)),
  }));
  const kept = Object.fromEntries(scalars.map((name) => [name, builder.variable(scalarStateName(name), [])]));
  const updated = update(builder, { parameters, scalars: kept }, plan.optimiser);
  learning.forEach((parameter, index) => {
    builder.update(parameterStateName(parameter), updated.parameters[index]!.variable);
    for (const [slot, value] of Object.entries(updated.parameters[index]!.slots)) {
      builder.update(slotStateName(slot, parameter.name), value);
    }
  });
  for (const [name, value] of Object.entries(updated.scalars)) builder.update(scalarStateName(name), value);
  return builder.build();
}

const times = (rate: Tensor, factor: number): Tensor =>
  factor === 1 ? rate : multiply(rate, constant(rate.builder, factor));
