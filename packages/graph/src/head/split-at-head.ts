// A network in two: what sees the photo, and what names the class.
import { GraphBuilder } from "../builder.js";
import { shapePerPhoto } from "../dimensions.js";
import type { ImportedNetwork } from "../imported-network.js";
import { joinGraphs } from "../join-graphs.js";
import { reshape } from "../operations/reshape.js";
import { pruneGraph } from "../prune.js";
import type { Graph } from "../types.js";
import { headOf } from "./head-of.js";

export interface SplitNetwork {
  /** From `image` to `features`, what the head reads: [batch, features] of a network that has its head from `withHead`. */
  readonly body: Graph;
  /** A network whose image is the features: as many channels, of one pixel, or of a map's. */
  readonly head: ImportedNetwork;
}

/**
 * The two parts, which compute together what the network does.
 * @throws FleuronError "network-head": see {@link headOf}.
 */
export function splitAtHead(network: ImportedNetwork): SplitNetwork {
  const { name, inference, parameters } = network;
  const { features } = headOf(network);
  const body = pruneGraph({
    ...inference,
    name: `${name}-body`,
    outputs: [{ name: "features", value: features }],
  });
  const rest = pruneGraph({
    ...inference,
    inputs: [{ name: "features", role: { type: "tensor" }, value: features }],
    nodes: inference.nodes.filter(({ outputs }) => !outputs.includes(features)),
  });
  const { outputs, ...joined } = joinGraphs(`${name}-head`, [asImage(rest), rest]);
  const logits = outputs.filter((output) => output.name !== "features");
  const head = pruneGraph({ ...joined, outputs: logits });
  const used = new Set(head.variables.map((variable) => variable.name));
  return {
    body,
    head: {
      type: "imported",
      name: `${name}-head`,
      inference: head,
      parameters: parameters.filter((parameter) => used.has(parameter.name)),
    },
  };
}

/** Features as an image has them, as features. */
function asImage(rest: Graph): Graph {
  const features = rest.inputs[0]!;
  const { shape } = rest.types[features.value]!;
  const [channels, height = 1, width = 1] = shapePerPhoto(rest, features);
  const builder = new GraphBuilder(rest.name);
  const image = builder.input("image", { type: "image" }, [shape[0]!, channels!, height, width]);
  builder.output("features", reshape(image, shape));
  return builder.build();
}
