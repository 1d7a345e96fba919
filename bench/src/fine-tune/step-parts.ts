// What a step of an imported network begins with: its state, and photos or features of it.
import { networkOf } from "@fleuron/graph";
import { type Batch, initialState, type NamedTensor, recipes, type TrainingPlan } from "@fleuron/training";

/** What a file has learnt, in the place of what is drawn. */
export async function* learntState(
  plan: TrainingPlan,
  weights: readonly NamedTensor[],
): AsyncGenerator<NamedTensor> {
  const learnt = new Map(weights.map((tensor) => [tensor.name, tensor]));
  for await (const tensor of initialState(plan, recipes.head.initialisation, 0))
    yield learnt.get(tensor.name) ?? tensor;
}

/** @param length the numbers of a photo. Default: as many as the plan's network takes. */
export function randomBatch({ network, batchSize }: TrainingPlan, length?: number): Batch {
  const { classes, input } = networkOf(network);
  const targets = new Float32Array(batchSize * classes);
  for (let photo = 0; photo < batchSize; photo++) targets[photo * classes + (photo % classes)] = 1;
  const numbers = length ?? input.channels * input.height * input.width;
  return {
    size: batchSize,
    images: Float32Array.from({ length: batchSize * numbers }, () => Math.random() - 0.5),
    targets,
    sampleWeights: new Float32Array(batchSize).fill(1),
    normalizer: batchSize,
    dropoutMasks: {},
  };
}
