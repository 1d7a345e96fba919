// How long a training step takes on a new engine, and on the processor.
import {
  defaultRecipe,
  planOf,
  recipes,
  stepTime,
  type TrainingEngine,
  type TrainingPlan,
} from "@fleuron/training";

/** In milliseconds. */
export interface StepTimes {
  readonly step: number;
  readonly onnxCpuStep: number;
}

type OpenEngine = (plan: TrainingPlan) => Promise<TrainingEngine>;

/**
 * A network that is large enough to keep a GPU busy, and small enough for the processor to be done soon: half of AlexNet's
 * width on photos of half the size.
 */
const timedPlan = () =>
  planOf(
    { ...recipes[defaultRecipe], batchSize: 16 },
    { classes: 5, network: "alexnet", imageSize: 131, width: 0.5 },
  );

/** One after the other, so that neither disturbs the other. @param plan for tests, a smaller one. */
export async function stepTimes(
  open: OpenEngine,
  openOnnxCpu: OpenEngine,
  plan: TrainingPlan = timedPlan(),
): Promise<StepTimes> {
  const timeOf = async (openOne: OpenEngine) => {
    await using engine = await openOne(plan);
    return stepTime(engine, plan);
  };
  return { step: await timeOf(open), onnxCpuStep: await timeOf(openOnnxCpu) };
}
