// A network that is a graph, as a foreign file describes one.
import type { Parameter } from "@fleuron/model";
import { GraphBuilder } from "./builder.js";
import { addLossAndGradients } from "./loss-and-gradients.js";
import { addProbabilities } from "./probabilities.js";
import { replayGraph } from "./replay-graph.js";
import { known } from "./shapes.js";
import type { TrainableNetwork } from "./trainable-network.js";
import type { Graph } from "./types.js";

/** Plain data, as a network's description is. */
export interface ImportedNetwork {
  readonly type: "imported";
  readonly name: string;
  /** From the input `image` [batch, channels, height, width] to the output `logits` [batch, classes]. */
  readonly inference: Graph;
  /** The graph's variables. Statistics among them are kept as they are: training changes them no more. */
  readonly parameters: readonly Parameter[];
}

/** The contract of a network, fulfilled by a graph. */
export function graphNetwork({ name, inference, parameters }: ImportedNetwork): TrainableNetwork {
  const logitsOf = (builder: GraphBuilder) => {
    const tensors = replayGraph(builder, inference);
    return { tensors, logits: tensors.get(inference.outputs[0]!.value)! };
  };
  const [, ...photo] = inference.types[inference.inputs[0]!.value]!.shape;
  const [channels, height, width] = photo.map((length) => known(name, length));
  const classes = known(name, inference.types[inference.outputs[0]!.value]!.shape[1]!);
  return {
    name,
    input: { channels: channels!, height: height!, width: width! },
    classes,
    parameters,
    inferenceGraph: () => inference,
    classifierGraph({ temperature = 1 } = {}) {
      const builder = new GraphBuilder(name);
      addProbabilities(builder, logitsOf(builder).logits, temperature);
      return builder.build();
    },
    trainingGraph({ trainable } = {}) {
      const builder = new GraphBuilder(`${name}-training`);
      const { tensors, logits } = logitsOf(builder);
      const valueNamed = new Map(inference.variables.map((variable) => [variable.name, variable.value]));
      const learning = parameters.map(
        (parameter) => [parameter, tensors.get(valueNamed.get(parameter.name)!)!] as const,
      );
      addLossAndGradients(builder, logits, new Map(learning), { classes, trainable });
      return builder.build();
    },
  };
}
