// A network that was trained for some classes, made ready to learn others.
import { layerParameters } from "@fleuron/model";
import { GraphBuilder } from "../builder.js";
import type { ImportedNetwork } from "../imported-network.js";
import type { Tensor } from "../operation.js";
import { biasAdd } from "../operations/bias-add.js";
import { matMul } from "../operations/mat-mul.js";
import { reduceMean } from "../operations/reduce-mean.js";
import { reshape } from "../operations/reshape.js";
import { replayGraph } from "../replay-graph.js";
import { known } from "../shapes.js";
import { type HeadChoice, headOf } from "./head-of.js";

export interface HeadOptions extends HeadChoice {
  readonly classes: number;
}

export interface NewHead {
  readonly network: ImportedNetwork;
  /** The new parameters' names: all others are the old network's. */
  readonly parameters: readonly string[];
}

/**
 * The network up to its head, and a new one in the place of that and of all that followed: a dense layer with a bias,
 * `head/kernel` and `head/bias` (`head2/…` where the old network has a `head/…`), that gives the logits of `classes` classes. Of features that lie on a map, as a 1×1
 * convolution reads them, it takes the mean over the map.
 * @throws FleuronError "network-head": see {@link headOf}.
 */
export function withHead(network: ImportedNetwork, { classes, head }: HeadOptions): NewHead {
  const { features, axis } = headOf(network, { head });
  const { name } = network;
  const builder = new GraphBuilder(name);
  const old = replayGraph(builder, network.inference).get(features)!;
  const inputs = known(name, old.shape[axis]!);
  const layer = unusedLayer(network);
  const dense = { type: "dense", id: layer, units: classes, activation: "linear" } as const;
  const parameters = layerParameters(dense, [[inputs]]);
  builder.at({ layer }, () => {
    const [kernel, bias] = parameters.map((parameter) => builder.variable(parameter.name, parameter.shape));
    builder.output("logits", biasAdd(matMul(featureVector(old, axis), kernel!), bias!));
  });
  const inference = builder.build();
  const used = new Set(inference.variables.map((variable) => variable.name));
  const kept = network.parameters.filter((parameter) => used.has(parameter.name));
  return {
    network: { ...network, inference, parameters: [...kept, ...parameters] },
    parameters: parameters.map((parameter) => parameter.name),
  };
}

/** [batch, features]. */
function featureVector(features: Tensor, axis: number): Tensor {
  const [batch, ...perPhoto] = features.shape;
  const places = perPhoto.flatMap((length, index) => (index + 1 === axis || length === 1 ? [] : [index + 1]));
  const mean = places.length === 0 ? features : reduceMean(features, { axes: places, keepDimensions: true });
  return mean.shape.length === 2 ? mean : reshape(mean, [batch!, features.shape[axis]!]);
}

/** Also the head that goes keeps its names: by them a file's numbers find their parameters. */
function unusedLayer({ parameters }: ImportedNetwork): string {
  const layers = new Set(parameters.map(({ name }) => name.split("/", 1)[0]));
  for (let copy = 1; ; copy++) {
    const candidate = copy === 1 ? "head" : `head${copy}`;
    if (!layers.has(candidate)) return candidate;
  }
}
