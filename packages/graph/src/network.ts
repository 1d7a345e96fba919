// From a network to its graphs: logits for inference; loss, gradients and updated statistics for training.
import { NETWORK_INPUT, type Network, networkClasses, type Parameter, resolveNetwork } from "@fleuron/model";
import { GraphBuilder } from "./builder.js";
import { lowerLayer } from "./layers/index.js";
import { addLossAndGradients } from "./loss-and-gradients.js";
import type { Tensor } from "./operation.js";
import { addProbabilities } from "./probabilities.js";
import type { Graph } from "./types.js";

/** Image [batch, C, H, W] as input `image`; output `logits` [batch, classes]. */
export function inferenceGraph(network: Network): Graph {
  const builder = new GraphBuilder(`${network.name}-inference`);
  const { logits } = lowerNetwork(builder, network);
  builder.output("logits", logits);
  return builder.build();
}

/** The same with the output `probabilities` [batch, classes] = softmax(logits ÷ temperature): what an export ends in. */
export function classifierGraph(
  network: Network,
  { temperature = 1 }: { readonly temperature?: number } = {},
): Graph {
  const builder = new GraphBuilder(network.name);
  const { logits } = lowerNetwork(builder, network);
  addProbabilities(builder, logits, temperature);
  return builder.build();
}

/**
 * One training step without the optimiser's part. Inputs `image` [batch, C, H, W], `targets` [batch, classes],
 * `sampleWeights` [batch], the scalar `normalizer`, and dropout masks. Outputs: `loss`, which is
 * Σ sampleWeight × cross-entropy ÷ normalizer; `correctCount`, the weighted number of photos whose largest
 * logit is their largest target; `gradient/…` for each trainable parameter that `trainable` names (default:
 * all). Updates: the moving statistics.
 * @throws FleuronError "graph-invalid" when `trainable` names something else.
 */
export function trainingGraph(
  network: Network,
  options: { trainable?: readonly string[] | undefined } = {},
): Graph {
  const builder = new GraphBuilder(`${network.name}-training`);
  const { logits, parameters } = lowerNetwork(builder, network, { training: true });
  addLossAndGradients(builder, logits, parameters, { classes: networkClasses(network), ...options });
  return builder.build();
}

function lowerNetwork(builder: GraphBuilder, network: Network, { training } = { training: false }) {
  const { channels, height, width } = network.input;
  const image = builder.input("image", { type: "image" }, ["batch", channels, height, width]);
  const parameters = new Map<Parameter, Tensor>();
  const results = new Map<string, Tensor>([[NETWORK_INPUT, image]]);
  let last = image;
  for (const resolved of resolveNetwork(network)) {
    const { layer, inputIds } = resolved;
    const own = new Map(resolved.parameters.map((parameter) => [parameter.kind, parameter]));
    for (const parameter of resolved.parameters) {
      parameters.set(parameter, builder.variable(parameter.name, parameter.shape));
    }
    const inputs = inputIds.map((id) => results.get(id)!) as [Tensor, ...Tensor[]];
    last = builder.at({ layer: layer.id }, () =>
      lowerLayer(layer, inputs, {
        training,
        resolved,
        parameter: (kind) => parameters.get(own.get(kind)!)!,
        dropoutMask: (like, keepRate) =>
          builder.input(`${layer.id}/mask`, { type: "dropoutMask", keepRate }, like.shape),
        update: (kind, value) => builder.update(own.get(kind)!.name, value),
      }),
    );
    results.set(layer.id, last);
  }
  return { logits: last, parameters };
}
