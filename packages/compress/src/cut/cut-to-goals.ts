import type { Network } from "@fleuron/model";
import type { UnitImportance } from "../importance/unit-importance.js";
import type { Costs } from "./costs.js";
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
  readonly costsOf: (network: Network) => Costs;
  readonly goals: Costs;
}

/**
 * The units that stay, so that the network costs no more than it may: greedily, those go first that matter least for what they free in
 * their own layer and in the one that reads them, of each cost as a share of what is still too much of it. Where all layers are as
 * narrow as they may become, it stays larger.
 */
export function cutToGoals(options: CutOptions): KeptUnits {
  const { network, layers, importance, fewest, costsOf, goals } = options;
  const left = new Map(layers.map(({ id, units }) => [id, units]));
  const orders = new Map(layers.map(({ id }) => [id, inAscendingOrder(importance.get(id)!)]));
  for (let costs = costsOf(network); isMore(costs, goals); ) {
    const cuts = layers.flatMap(({ id, units }) => {
      const now = left.get(id)!;
      const then = Math.max(fewest.get(id)!, now - atOnce(now));
      if (then === now) return [];
      const going = orders.get(id)!.slice(units - now, units - then);
      const lost = going.reduce((sum, unit) => sum + importance.get(id)![unit]!, 0);
      const after = costsOf(withUnits(network, new Map([...left, [id, then]])));
      return [{ id, then, after, price: lost / freed(costs, after, goals) }];
    });
    if (cuts.length === 0) break;
    const cheapest = cuts.reduce((best, cut) => (cut.price < best.price ? cut : best));
    left.set(cheapest.id, cheapest.then);
    costs = cheapest.after;
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

const kinds = ["bytes", "multiplications"] as const satisfies readonly (keyof Costs)[];

/** Filters that go for their multiplications free bytes, too: of a network that is small before it is fast, too much would go. */
const weights = { bytes: 1, multiplications: 8 } as const satisfies Costs;

const isMore = (costs: Costs, goals: Costs) => kinds.some((kind) => costs[kind] > goals[kind]);

/** Shares of what is too much, weighted and added up. */
const freed = (before: Costs, after: Costs, goals: Costs): number =>
  kinds
    .filter((kind) => before[kind] > goals[kind])
    .map((kind) => {
      const share = (before[kind] - after[kind]) / (before[kind] - goals[kind]);
      return weights[kind] * Math.min(1, share);
    })
    .reduce((sum, share) => sum + share, 0);

const inAscendingOrder = (importance: Float64Array): number[] =>
  [...importance.keys()].sort((one, other) => importance[one]! - importance[other]! || one - other);

const atOnce = (units: number) => inFours(units * PART_AT_ONCE);
