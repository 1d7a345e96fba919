import { type Graph, GraphBuilder, gradientName } from "@fleuron/graph";
import type { SavedModelSignature } from "@fleuron/graph/tensorflow";
import type { TrainingPlan } from "@fleuron/training";
import {
  learningParameters,
  parameterStateName,
  type SgdOptions,
  slopes,
  slotStateName,
} from "@fleuron/training";

/**
 * `optimisers/sgd.ts` as TensorFlow's fused update in place, after the operations that clip and decay; tested against
 * its graph.
 */
export function sgdSignature(plan: TrainingPlan, training: Graph, options: SgdOptions): SavedModelSignature {
  const plain = options.clipNorm === null && options.weightDecay === 0;
  return {
    graphs: plain ? [training] : [training, slopeGraph(plan, options)],
    momentum: {
      learningRate: "learningRate",
      momentum: options.momentum,
      nesterov: options.nesterov,
      parameters: learningParameters(plan).map((parameter) => ({
        variable: parameterStateName(parameter),
        accumulator: slotStateName("momentum", parameter.name),
        gradient: plain ? gradientName(parameter.name) : slopeName(parameter.name),
      })),
    },
  };
}

const slopeName = (parameter: string): string => `slope/${parameter}`;

/** Gradients in; out come what the velocities follow. */
function slopeGraph(plan: TrainingPlan, options: SgdOptions): Graph {
  const builder = new GraphBuilder(`${plan.network.name}-slopes`);
  const learning = learningParameters(plan);
  const parameters = learning.map((parameter) => ({
    variable: builder.variable(parameterStateName(parameter), parameter.shape),
    gradient: builder.input(gradientName(parameter.name), { type: "tensor" }, parameter.shape),
    decays: parameter.decays,
  }));
  slopes(builder, parameters, options).forEach((slope, index) => {
    builder.output(slopeName(learning[index].name), slope);
  });
  return builder.build();
}
