import { type TensorflowGraph, type TensorflowPort, tensorInfoJson } from "@fleuron/graph/tensorflow";

/** The names by which users feed a graph model and read its results. */
export const signature = ({ inputs, outputs }: TensorflowGraph) => ({
  inputs: named(inputs),
  outputs: named(outputs),
});

const named = (ports: readonly TensorflowPort[]) =>
  Object.fromEntries(ports.map((port) => [port.name, tensorInfoJson(port)]));
