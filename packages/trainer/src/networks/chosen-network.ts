/** How a path ends that `network` may be. */
export const NETWORK_ENDING = ".onnx";

/** Whether `network` names a file, whose network goes on learning, and not a network of the table, which begins anew. */
export const isNetworkFile = (network: string | undefined): network is string =>
  network?.endsWith(NETWORK_ENDING) ?? false;
