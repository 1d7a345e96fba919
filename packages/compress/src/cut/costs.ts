import { type Network, resolveNetwork, sizeOf } from "@fleuron/model";

/** What a network costs, or may cost. */
export interface Costs {
  /** On the wire. */
  readonly bytes: number;
  /** The multiplications of its convolutions and dense layers for one photo, which take most of its time. */
  readonly multiplications: number;
}

/** Each number of a kernel is multiplied once for each place of its layer's output. */
export const multiplicationsOf = (network: Network): number =>
  resolveNetwork(network).reduce(
    (sum, { parameters, outputShape }) =>
      parameters
        .filter(({ kind }) => kind === "kernel")
        .reduce((own, { shape }) => own + sizeOf(shape) * sizeOf(outputShape.slice(1)), sum),
    0,
  );
