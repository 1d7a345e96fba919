import { type EngineModule, initialState, recipes } from "@fleuron/training";
import { comparedSteps } from "../compare/compared-steps.js";
import { fullWidthPlan } from "../full-width-plan.js";
import { drawnBatch } from "./drawn-batch.js";

export interface StepState {
  readonly loss: number;
  /** By their names in the state: velocities, which are gradients with the other sign, and moving statistics. */
  readonly tensors: ReadonlyMap<string, Float32Array>;
}

const recipe = recipes.modern;

/** After one step from rest with a learning rate of 1, on drawn flowers. */
export async function stateAfterStep(module: EngineModule, threads: number): Promise<StepState> {
  const batch = drawnBatch();
  const plan = { ...fullWidthPlan(), optimiser: comparedSteps.plain, batchSize: batch.size };
  await using engine = await module.create(plan, { threads });
  await engine.write(initialState(plan, recipe.initialisation, 0));
  const { loss } = await engine.step(batch, { learningRate: 1 });
  const tensors = new Map<string, Float32Array>();
  for await (const { name, data } of engine.read()) {
    if (!name.startsWith("weights/")) tensors.set(name, data.slice());
  }
  return { loss, tensors };
}
