import { countParameters, type Network, resolveNetwork } from "./network.js";

export interface SummaryRow {
  readonly id: string;
  readonly type: string;
  /** Height, width, channels for images, as Keras prints them; units for vectors. */
  readonly output: readonly number[];
  readonly parameters: number;
}

export interface NetworkSummary {
  readonly rows: readonly SummaryRow[];
  readonly parameters: number;
  readonly trainable: number;
}

/** The shape of an image as people say it: height, width, channels. */
const channelsLast = ([first, ...rest]: readonly number[]): readonly number[] =>
  first === undefined ? [] : [...rest, first];

/** The layer table: output shapes and parameter counts. */
export function summarise(network: Network): NetworkSummary {
  const layers = resolveNetwork(network);
  const all = layers.flatMap(({ parameters }) => parameters);
  return {
    rows: layers.map(({ layer, outputShape, parameters }) => ({
      id: layer.id,
      type: layer.type,
      output: channelsLast(outputShape),
      parameters: countParameters(parameters),
    })),
    parameters: countParameters(all),
    trainable: countParameters(all.filter(({ trainable }) => trainable)),
  };
}
