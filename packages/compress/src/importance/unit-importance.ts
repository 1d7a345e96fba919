// How much the loss would change without a unit, to first order (Molchanov et al. 2019): (Σ gradient × value)² over what
// silences the unit at 0, its scale and shift in a batchNorm or its own kernel and bias, averaged over batches.
import { type Network, networkParameters, type ProgressEvent, progress } from "@fleuron/model";
import { type Batch, type NamedTensor, slotStateName, type TrainingEngine } from "@fleuron/training";
import type { CuttableLayer } from "../cut/cuttable-layers.js";
import { SMALLEST_RATE } from "./standing-plan.js";

/** The importance of each unit, by its layer's id. */
export type UnitImportance = ReadonlyMap<string, Float64Array>;

export interface ImportanceOptions {
  readonly network: Network;
  readonly layers: readonly CuttableLayer[];
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** Holds the weights, and follows the standing plan. */
  readonly engine: Pick<TrainingEngine, "step" | "read">;
  readonly batches: AsyncIterable<Batch>;
  /** How many batches are averaged. */
  readonly count: number;
}

export async function* unitImportance(
  options: ImportanceOptions,
): AsyncGenerator<ProgressEvent, UnitImportance> {
  const { network, layers, weights, engine, batches, count } = options;
  const silencers = silencersOf(network, layers);
  const names = [...silencers.keys()].map((name) => slotStateName("momentum", name));
  const importance = new Map(layers.map(({ id, units }) => [id, new Float64Array(units)]));
  let completed = 0;
  let photos = 0;
  for await (const batch of batches) {
    await engine.step(batch, { learningRate: SMALLEST_RATE });
    const effects = new Map(layers.map(({ id, units }) => [id, new Float64Array(units)]));
    for await (const slot of engine.read(names)) {
      const name = slot.name.replace(slotStateName("momentum", ""), "");
      addEffects(effects.get(silencers.get(name)!)!, slot, weights.get(name)!);
    }
    for (const [id, perUnit] of effects) {
      const sums = importance.get(id)!;
      for (const [unit, effect] of perUnit.entries()) sums[unit]! += effect ** 2 / count;
    }
    completed += 1;
    photos += batch.size;
    yield progress("weighing units", photos, photos + (count - completed) * batch.size, "photos");
    if (completed === count) break;
  }
  return importance;
}

/** The parameters that silence units at 0, and the layer whose units those are. */
function silencersOf(network: Network, layers: readonly CuttableLayer[]): ReadonlyMap<string, string> {
  const owners = new Map(layers.map(({ id, norm = id }) => [norm, id]));
  return new Map(
    networkParameters(network).flatMap(({ name, trainable }) => {
      const id = owners.get(name.slice(0, name.indexOf("/")));
      return trainable && id !== undefined ? [[name, id]] : [];
    }),
  );
}

function addEffects(effects: Float64Array, { shape, data }: NamedTensor, values: Float32Array): void {
  const units = effects.length;
  const perUnit = data.length / units;
  // The kernel of a dense layer has its units along the last axis, all else along the first.
  const unitOf = shape.length === 2 ? (at: number) => at % units : (at: number) => Math.floor(at / perUnit);
  for (let at = 0; at < data.length; at++) effects[unitOf(at)]! -= (data[at]! / SMALLEST_RATE) * values[at]!;
}
