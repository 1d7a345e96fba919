// The same steps on any engine, from one state and on one batch.
import { alexnet } from "@fleuron/model";
import { loadEngine } from "@fleuron/trainer";
import { initialState, recipes } from "@fleuron/training";
import { gpuMemory } from "./cuda.mjs";
import { maskDrawer } from "./dropout-masks.mjs";
import { flowerBatch } from "./flowers.mjs";
import { median } from "./median.mjs";

/** Steps that compile kernels, fill caches, or are otherwise slow. */
const WARM_UP = 2;

export async function trainOn(name, { width, imageSize, batchSize, steps }) {
  const { network, optimiser, initialisation } = recipes.modern;
  const plan = {
    network: alexnet({ classes: 5, ...network, imageSize, width }),
    optimiser,
    precision: "float32",
    batchSize,
  };
  const batch = flowerBatch(plan, imageSize);
  const masksOf = maskDrawer(plan);
  const before = await gpuMemory();
  const engine = await (await loadEngine(name)).create(plan);
  try {
    await engine.write(initialState(plan, initialisation, 1));
    const losses = [];
    const times = [];
    for (let step = 0; step < WARM_UP + steps; step++) {
      const start = performance.now();
      // PyTorch draws its dropout masks within a step.
      const drawn = { ...batch, dropoutMasks: masksOf(step) };
      const { loss } = await engine.step(drawn, { learningRate: 0.001 });
      losses.push(loss);
      if (step >= WARM_UP) times.push(performance.now() - start);
    }
    const msPerStep = median(times);
    const after = await gpuMemory();
    return {
      ...engine.description,
      losses,
      msPerStep,
      imagesPerSecond: (batchSize / msPerStep) * 1000,
      gpuMemoryBytes: before === null || after === null ? null : after - before,
    };
  } finally {
    await engine[Symbol.asyncDispose]();
  }
}
