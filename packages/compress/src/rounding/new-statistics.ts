// The statistics of batch normalisation, taken anew from training photos ("precise BatchNorm", Wu and Johnson 2021,
// https://arxiv.org/abs/2105.07576): those that moved along while kernels learnt are not those of the rounded ones.
import { type Network, networkParameters, progress, type WorkEvent } from "@fleuron/model";
import { parameterStateName } from "@fleuron/training";
import { SMALLEST_RATE, standingPlan } from "../importance/standing-plan.js";
import { batchesOf } from "../search/batches-of.js";
import { createEngine } from "../search/open-network.js";
import type { Search } from "../search/search.js";
import { stateOf, type WeightedNetwork } from "../search/weighted-network.js";
import { PopulationStatistics } from "./population-statistics.js";

/** Photos that the statistics are taken from. */
const PHOTOS = 1024;

/** The network with the statistics that training photos have in it, as they are without augmentation. */
export async function* withNewStatistics(
  { source, photos, computing }: Search,
  { network, weights }: WeightedNetwork,
): AsyncGenerator<WorkEvent, WeightedNetwork> {
  const norms = normsOf(network);
  if (norms.length === 0) return { network, weights };
  const { record, settings } = source;
  const forgetful = withoutMemory(network);
  await using engine = await createEngine(standingPlan({ ...record.plan, network: forgetful }), computing);
  await engine.write(stateOf({ network: forgetful, weights }));
  await using data = batchesOf({ source, photos }, network, {
    settings: { ...settings, augmentation: { type: "none" }, mixing: null },
    train: photos.train,
  });
  const names = norms.flatMap(({ mean, variance }) => [mean, variance].map(parameterStateName));
  // A last batch of fewer photos would count as much as the others.
  const whole = Math.max(1, Math.floor(photos.train.length / settings.batchSize));
  const count = Math.min(Math.ceil(PHOTOS / settings.batchSize), whole);
  let completed = 0;
  for await (const batch of data.training(0, 0)) {
    await engine.step(batch, { learningRate: SMALLEST_RATE });
    const ofBatch = new Map<string, Float32Array>();
    for await (const { name, data } of engine.read(names)) ofBatch.set(name, data.slice());
    for (const { mean, variance, statistics } of norms)
      statistics.add(ofBatch.get(parameterStateName(mean))!, ofBatch.get(parameterStateName(variance))!);
    completed += 1;
    yield progress("taking statistics", completed * batch.size, count * batch.size, "photos");
    if (completed === count) break;
  }
  const taken = norms.flatMap(({ mean, variance, statistics }) => [
    [mean.name, statistics.mean] as const,
    [variance.name, statistics.variance] as const,
  ]);
  return { network, weights: new Map([...weights, ...taken]) };
}

/** The same network, whose moving statistics are those of the last batch. */
const withoutMemory = (network: Network): Network => ({
  ...network,
  layers: network.layers.map((layer) => (layer.type === "batchNorm" ? { ...layer, momentum: 0 } : layer)),
});

function normsOf(network: Network) {
  const parameters = networkParameters(network);
  return parameters
    .filter(({ kind }) => kind === "movingMean")
    .map((mean) => {
      const variance = parameters.find(({ name }) => name === mean.name.replace(/Mean$/, "Variance"))!;
      return { mean, variance, statistics: new PopulationStatistics(mean.shape[0]!) };
    });
}
