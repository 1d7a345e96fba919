import { type Network, networkParameters, randomStream, sizeOf } from "@fleuron/model";

/** Weights of a network by their names: nothing symmetric, statistics that matter. */
export function drawnWeights(network: Network, seed = 1): ReadonlyMap<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  networkParameters(network).forEach(({ name, kind, shape, fanIn }, index) => {
    const random = randomStream(seed, "initialise", 0, index);
    const values = new Float32Array(sizeOf(shape));
    if (kind === "kernel") random.fillNormal(values, 0, Math.sqrt(2 / fanIn));
    else if (kind === "gamma" || kind === "movingVariance") random.fillUniform(values, 0.5, 1.5);
    else random.fillNormal(values, 0, 0.3);
    weights.set(name, values);
  });
  return weights;
}
