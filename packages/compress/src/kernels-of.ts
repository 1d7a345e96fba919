import { type Network, networkParameters, type Parameter } from "@fleuron/model";

/** A network's parameters that are stored in few bits, in their order. */
export const kernelsOf = (network: Network): readonly Parameter[] =>
  networkParameters(network).filter(({ kind }) => kind === "kernel");
