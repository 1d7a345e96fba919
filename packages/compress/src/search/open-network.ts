import { loadEngine } from "@fleuron/trainer/engines";
import type { EngineOptions, TrainingEngine, TrainingPlan } from "@fleuron/training";
import { stateOf, type WeightedNetwork } from "./weighted-network.js";

/** What a search computes with: it is there wherever Fleuron is, and repeats bit for bit. */
const ENGINE = "onnx-cpu";

export const createEngine = async (plan: TrainingPlan, options: EngineOptions): Promise<TrainingEngine> =>
  (await loadEngine(ENGINE)).create(plan, options);

/** An engine that holds a network, and no memory for learning. */
export async function openNetwork(
  weighted: WeightedNetwork,
  plan: TrainingPlan,
  options: EngineOptions,
): Promise<TrainingEngine> {
  const engine = await createEngine({ ...plan, network: weighted.network, trainable: [] }, options);
  await engine.write(stateOf(weighted));
  return engine;
}
