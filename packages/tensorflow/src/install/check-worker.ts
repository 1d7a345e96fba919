// One training step of a small AlexNet on the new engine and on onnx-cpu.

import { answerParent } from "@fleuron/machine";
import {
  defaultRecipe,
  initialState,
  madeUpBatch,
  planOf,
  recipes,
  type TrainingEngine,
} from "@fleuron/training";
import { loadTensorflow } from "../engine/load-tensorflow.js";
import { versionsOf } from "../engine/tensorflow.js";
import { TensorflowEngine } from "../engine/tensorflow-engine.js";
import type { EngineCheck, EngineCheckOptions } from "./check-engine.js";
import { installError } from "./errors.js";
import { referenceEngine } from "./reference-engine.js";

const SMALL = { classes: 5, network: "alexnet", imageSize: 99, width: 0.05, batchSize: 4 } as const;
/** Relative: engines add in other orders. */
const TOLERANCE = 1e-3;

await answerParent(async ({ folder, npmPackage }: EngineCheckOptions): Promise<EngineCheck> => {
  const tensorflow = loadTensorflow(folder, npmPackage);
  const versions = versionsOf(tensorflow, npmPackage);
  const recipe = { ...recipes[defaultRecipe], batchSize: SMALL.batchSize };
  const plan = planOf(recipe, SMALL);
  const description = { engine: npmPackage, precision: plan.precision, threads: 0, versions };
  await using own = await TensorflowEngine.open(plan, tensorflow, description);
  await using other = referenceEngine(plan);
  const secondLoss = async (engine: TrainingEngine) => {
    await engine.write(initialState(plan, recipe.initialisation, 0));
    const batch = madeUpBatch(plan);
    await engine.step(batch, { learningRate: 0.01 });
    // The second loss shows the first update.
    return (await engine.step(batch, { learningRate: 0.01 })).loss;
  };
  const [loss, reference] = [await secondLoss(own), await secondLoss(other)];
  if (!(Math.abs(loss / reference - 1) <= TOLERANCE)) {
    const words = `after one step its loss is ${loss}, and that of onnx-cpu ${reference}`;
    throw installError("engine-check-failed", `The new engine computes something else: ${words}.`, {
      subject: folder,
      hint: "It was not kept. Without `from`, the libtensorflow that it is built for is used.",
    });
  }
  return { versions, triedOn: tensorflow.backend().isUsingGpuDevice ? "gpu" : "processor" };
});
