import type { TrainingEngine } from "@fleuron/training";
import type { OpenContender } from "./contender.js";
import type { Step } from "./step.js";

/** The step in an engine of Fleuron, which gets the state first. */
export async function trainedBy(
  engine: TrainingEngine,
  { state, batch, learningRate }: Step,
): Promise<OpenContender> {
  await engine.write(each(state.values()));
  return { step: async () => (await engine.step(batch, { learningRate })).loss };
}

async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
