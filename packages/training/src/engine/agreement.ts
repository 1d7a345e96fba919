// Whether a new engine computes what onnx-cpu does: the loss of a small AlexNet after one step of training.
import type { TrainingPlan } from "../plan.js";
import { defaultRecipe, recipes } from "../recipes/index.js";
import { planOf } from "../recipes/resolve.js";
import { initialState } from "../state.js";
import type { TrainingEngine } from "./engine.js";
import { madeUpBatch } from "./made-up.js";

const recipe = { ...recipes[defaultRecipe], batchSize: 4 };
/** Relative: engines add in other orders. */
const TOLERANCE = 1e-3;

type OpenEngine = (plan: TrainingPlan) => Promise<TrainingEngine>;

/** In what an engine differs from the reference, in words; undefined where they agree. */
export async function disagreement(open: OpenEngine, openReference: OpenEngine): Promise<string | undefined> {
  const plan = planOf(recipe, { classes: 5, network: "alexnet", imageSize: 99, width: 0.05 });
  const secondLoss = async (openOne: OpenEngine) => {
    await using engine = await openOne(plan);
    await engine.write(initialState(plan, recipe.initialisation, 0));
    const batch = madeUpBatch(plan);
    await engine.step(batch, { learningRate: 0.01 });
    // The second loss shows the first update.
    return (await engine.step(batch, { learningRate: 0.01 })).loss;
  };
  const [loss, reference] = [await secondLoss(open), await secondLoss(openReference)];
  if (Math.abs(loss / reference - 1) <= TOLERANCE) return undefined;
  return `after one step its loss is ${loss}, and that of onnx-cpu ${reference}`;
}
