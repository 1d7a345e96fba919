import type { Network } from "@fleuron/model";
import { cuttableLayers } from "./cuttable-layers.js";

/** What stays of a convolution's filters in any case, and how many units of a dense layer. */
const FEWEST_FILTERS = 1 / 4;
const FEWEST_UNITS = 32;

/** Cuts go in fours, as a network's `width` scales: see `scaledBy` of `@fleuron/model`. */
export const inFours = (units: number): number => Math.max(1, Math.floor(units / 4)) * 4;

/** How narrow each layer of a network may become, by its id. */
export function fewestUnits(network: Network): ReadonlyMap<string, number> {
  const convolutions = new Set(network.layers.filter(({ type }) => type === "conv2d").map(({ id }) => id));
  return new Map(
    cuttableLayers(network).map(({ id, units }) => [
      id,
      Math.min(units, convolutions.has(id) ? inFours(units * FEWEST_FILTERS) : FEWEST_UNITS),
    ]),
  );
}
