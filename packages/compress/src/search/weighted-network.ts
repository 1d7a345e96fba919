import { type Network, networkParameters, type Parameter } from "@fleuron/model";
import { type NamedTensor, parameterStateName } from "@fleuron/training";

/** A network with the values of its parameters, by their names. */
export interface WeightedNetwork {
  readonly network: Network;
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** The weights and statistics as a state has them, or some of them. */
export const tensorsOf = (
  { network, weights }: WeightedNetwork,
  isWanted: (parameter: Parameter) => boolean = () => true,
): readonly NamedTensor[] =>
  networkParameters(network)
    .filter(isWanted)
    .map((parameter) => ({
      name: parameterStateName(parameter),
      shape: parameter.shape,
      data: weights.get(parameter.name)!,
    }));

/** The same, one at a time. */
export async function* stateOf(
  weighted: WeightedNetwork,
  isWanted?: (parameter: Parameter) => boolean,
): AsyncGenerator<NamedTensor> {
  yield* tensorsOf(weighted, isWanted);
}

/** The values that a state has of a network's parameters. */
export async function weightedFrom(
  network: Network,
  state: AsyncIterable<NamedTensor>,
): Promise<WeightedNetwork> {
  const names = new Map(networkParameters(network).map((each) => [parameterStateName(each), each.name]));
  const weights = new Map<string, Float32Array>();
  for await (const { name, data } of state) {
    const parameter = names.get(name);
    if (parameter !== undefined) weights.set(parameter, data.slice());
  }
  return { network, weights };
}
