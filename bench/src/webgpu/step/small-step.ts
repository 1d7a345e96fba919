// The step that is compared: small, so that a processor that plays a GPU finishes it.
import { alexnet } from "@fleuron/model";
import {
  type Batch,
  initialState,
  madeUpBatch,
  type NamedTensor,
  recipes,
  type TrainingPlan,
} from "@fleuron/training";

export interface SmallStep {
  readonly plan: TrainingPlan;
  /** Weights, statistics and slots in which every contender starts. */
  readonly state: ReadonlyMap<string, NamedTensor>;
  /** What each step learns from. */
  readonly batch: Batch;
  readonly learningRate: number;
}

export const smallPlan: TrainingPlan = {
  network: alexnet({ classes: 5, width: 0.1, imageSize: 99 }),
  optimiser: { type: "sgd", momentum: 0.9, nesterov: true, weightDecay: 0, clipNorm: null },
  precision: "float32",
  batchSize: 8,
};

export async function smallStep(): Promise<SmallStep> {
  const state = new Map<string, NamedTensor>();
  for await (const tensor of initialState(smallPlan, recipes.modern.initialisation, 0))
    state.set(tensor.name, tensor);
  return { plan: smallPlan, state, batch: madeUpBatch(smallPlan), learningRate: 0.01 };
}
