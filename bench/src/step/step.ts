// The step that contenders take, and where all of them start.
import {
  type Batch,
  initialState,
  type LayeredPlan,
  madeUpBatch,
  type NamedTensor,
  recipes,
} from "@fleuron/training";

export interface Step {
  readonly plan: LayeredPlan;
  /** Weights, statistics and slots in which every contender starts. */
  readonly state: ReadonlyMap<string, NamedTensor>;
  /** What each step learns from. */
  readonly batch: Batch;
  readonly learningRate: number;
}

export async function stepOf(plan: LayeredPlan, learningRate: number): Promise<Step> {
  const state = new Map<string, NamedTensor>();
  for await (const tensor of initialState(plan, recipes.modern.initialisation, 0))
    state.set(tensor.name, tensor);
  return { plan, state, batch: madeUpBatch(plan), learningRate };
}
