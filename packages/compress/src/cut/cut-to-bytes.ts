import type { Network } from "@fleuron/model";
import type { UnitImportance } from "../importance/unit-importance.js";
import type { KeptUnits } from "./cut-weights.js";
import type { CuttableLayer } from "./cuttable-layers.js";
import { inFours } from "./fewest-units.js";
import { withUnits } from "./with-units.js";

/** The part of many units that goes at once. */
const PART_AT_ONCE = 1 / 32;
export interface CutOptions {
  readonly network: Network;
  readonly layers: readonly CuttableLayer[];
  readonly importance: UnitImportance;
  /** How narrow each layer may become, by its id. */
  readonly fewest: ReadonlyMap<string, number>;
  /** What a network takes on the wire. */
  readonly bytesOf: (network: Network) => number;
  readonly targetBytes: number;
}

/**
 * The units that stay, so that the network fits into the bytes: greedily, those go first that matter least for the bytes that
 * they free in their own layer and in the one that reads them. Where all layers are as narrow as they may become, it stays larger.
 */
export function cutToBytes(options: CutOptions): KeptUnits {
  const { network, layers, importance, fewest, bytesOf, targetBytes } = options;
  const left = new Map(layers.map(({ id, units }) => [id, units]));
  const orders = new Map(layers.map(({ id }) => [id, inAscendingOrder(importance.get(id)!)]));
  for (let bytes = bytesOf(network); bytes > targetBytes; ) {
    const cuts = layers.flatMap(({ id, units }) => {
      const now = left.get(id)!;
      const then = Math.max(fewest.get(id)!, now - atOnce(now));
      if (then === now) return [];
      const going = orders.get(id)!.slice(units - now, units - then);
      const lost = going.reduce((sum, unit) => sum + importance.get(id)![unit]!, 0);
      const after = bytesOf(withUnits(network, new Map([...left, [id, then]])));
      return [{ id, then, after, price: lost / (bytes - after) }];
    });
    if (cuts.length === 0) break;
    const cheapest = cuts.reduce((best, cut) => (cut.price < best.price ? cut : best));
    left.set(cheapest.id, cheapest.then);
    bytes = cheapest.after;
  }
  return new Map(
    layers.map(({ id, units }) => [
      id,
      orders
        .get(id)!
        .slice(units - left.get(id)!)
        .sort((one, other) => one - other),
    ]),
  );
}

const inAscendingOrder = (importance: Float64Array): number[] =>
  [...importance.keys()].sort((one, other) => importance[one]! - importance[other]! || one - other);

const atOnce = (units: number) => inFours(units * PART_AT_ONCE);
