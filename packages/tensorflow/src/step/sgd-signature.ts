import { type Graph, GraphBuilder, gradientName } from "@fleuron/graph";
import type { SavedModelSignature } from "@fleuron/graph/tensorflow";
import type { TrainingPlan } from "@fleuron/training";
import {
  decayedGradients,
  learningParameters,
  parameterStateName,
  type SgdOptions,
  slotStateName,
} from "@fleuron/training";

/**
 * `optimisers/sgd.ts` as TensorFlow's fused update in place, after the operations that clip and decay; tested against
 * its graph.
 */
export function sgdSignature(plan: TrainingPlan, training: Graph, options: SgdOptions): SavedModelSignature {
  const plain = options.clipNorm === null && options.weightDecay === 0;
  return {
    graphs: plain ? [training] : [training, decayGraph(plan, options)],
    momentum: {
      learningRate: "learningRate",
      momentum: options.momentum,
      nesterov: options.nesterov,
      parameters: learningParameters(plan).map((parameter) => ({
        variable: parameterStateName(parameter),
        accumulator: slotStateName("momentum", parameter.name),
        gradient: plain ? gradientName(parameter.name) : decayedName(parameter.name),
      })),
    },
  };
}

const decayedName = (parameter: string): string => `decayed/${parameter}`;

/** Gradients in; clipped and decayed gradients out. */
function decayGraph(plan: TrainingPlan, options: SgdOptions): Graph {
  const builder = new GraphBuilder(`${plan.network.name}-decay`);
  const learning = learningParameters(plan);
  const parameters = learning.map((parameter) => ({
    variable: builder.variable(parameterStateName(parameter), parameter.shape),
    gradient: builder.input(gradientName(parameter.name), { type: "tensor" }, parameter.shape),
    decays: parameter.decays,
  }));
  const decayed = decayedGradients(builder, parameters, options);
  for (const [index, { name }] of learning.entries()) builder.output(decayedName(name), decayed[index]!);
  return builder.build();
}
