import type { WorkEvent } from "@fleuron/model";
import { bytesOfFile } from "../bytes/reserve.js";
import { type WireBits, wireBytes } from "../bytes/wire-bytes.js";
import { type Costs, multiplicationsOf } from "../cut/costs.js";
import { cutToGoals } from "../cut/cut-to-goals.js";
import { cutWeights } from "../cut/cut-weights.js";
import { cuttableLayers } from "../cut/cuttable-layers.js";
import { fewestUnits } from "../cut/fewest-units.js";
import { withUnits } from "../cut/with-units.js";
import { budgetUnreachable } from "../errors.js";
import { standingPlan } from "../importance/standing-plan.js";
import { unitImportance } from "../importance/unit-importance.js";
import { batchesOf } from "./batches-of.js";
import { createEngine } from "./open-network.js";
import type { Search } from "./search.js";
import { stateOf, type WeightedNetwork } from "./weighted-network.js";

/** Photos whose gradients say which units matter. */
const PHOTOS = 512;

/**
 * The network without the units that matter least.
 * @throws FleuronError "budget-unreachable" with the bytes that it can be cut to.
 */
export async function* cut(
  { source, photos, wish, computing }: Search,
  { network, weights }: WeightedNetwork,
  { goals, wireBits }: { readonly goals: Costs; readonly wireBits: WireBits },
): AsyncGenerator<WorkEvent, WeightedNetwork> {
  const { record, settings } = source;
  const layers = cuttableLayers(network);
  const count = Math.ceil(Math.min(PHOTOS, photos.train.length) / settings.batchSize);
  const plan = standingPlan({ ...record.plan, network });
  await using engine = await createEngine(plan, computing);
  await engine.write(stateOf({ network, weights }));
  await using data = batchesOf({ source, photos }, network, { train: photos.train });
  const importance = yield* unitImportance({
    ...{ network, layers, weights, engine },
    batches: data.training(0, 0),
    count: Math.min(count, data.stepsPerEpoch),
  });
  const costsOf = (narrower: typeof network): Costs => ({
    bytes: wireBytes(narrower, wireBits),
    multiplications: multiplicationsOf(narrower),
  });
  const kept = cutToGoals({
    ...{ network, layers, importance, costsOf, goals },
    fewest: fewestUnits(source.trained.network),
  });
  const narrower = withUnits(network, new Map([...kept].map(([id, units]) => [id, units.length])));
  const { bytes } = costsOf(narrower);
  if (bytes > goals.bytes) throw budgetUnreachable(bytesOfFile(bytes), wish.targetBytes ?? goals.bytes);
  return { network: narrower, weights: cutWeights(network, weights, kept) };
}
