// State and batches for trying an engine, without photos and without drawing.
import { networkOf, shapePerPhoto } from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import type { TrainingPlan } from "../plan.js";
import { type NamedTensor, stateTensors } from "../state.js";
import type { Batch } from "./engine.js";

/** Small numbers, which cost no time to draw. */
export async function* madeUpState(plan: TrainingPlan): AsyncGenerator<NamedTensor> {
  for (const { name, shape } of stateTensors(plan)) {
    const data = new Float32Array(sizeOf(shape));
    for (let index = 0; index < data.length; index++) data[index] = ((index * 37) % 101) / 1e4;
    yield { name, shape, data };
  }
}

/** The same photos, targets and masks each time. */
export function madeUpBatch(plan: TrainingPlan): Batch {
  const { batchSize: size } = plan;
  const network = networkOf(plan.network);
  const {
    classes,
    input: { channels, height, width },
  } = network;
  const filled = (length: number, value: (index: number) => number) =>
    Float32Array.from({ length }, (_, index) => value(index));
  const graph = network.trainingGraph();
  const dropoutMasks = graph.inputs
    .filter(({ role }) => role.type === "dropoutMask")
    .map((input) => {
      const perPhoto = sizeOf(shapePerPhoto(graph, input));
      return [input.name, filled(size * perPhoto, (index) => (index % 2) * 2)];
    });
  return {
    size,
    images: filled(size * channels * height * width, (index) => ((index * 7919) % 509) / 509 - 0.5),
    targets: filled(size * classes, (index) => (index % (classes + 1) === 0 ? 1 : 0)),
    sampleWeights: filled(size, () => 1),
    normalizer: size,
    dropoutMasks: Object.fromEntries(dropoutMasks),
  };
}
