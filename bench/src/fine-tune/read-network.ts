// What is to be trained of an ONNX file, for five classes.
import { networkOf } from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import { readClassifier, readSource } from "@fleuron/onnx-import/node";
import { follow } from "@fleuron/testing";
import {
  adaptRecipe,
  type HeadAlone,
  headAlone,
  learningParameters,
  type NamedTensor,
  networkToTune,
  recipes,
  type TrainingPlan,
} from "@fleuron/training";

const classes = 5;
const BATCH = 32;
/** Steps that are timed as one: a head's takes less than a timer should be asked for. */
const HEAD_STEPS = 100;

/** The step that a contender takes. */
export interface FineTuneStep {
  readonly part: "all" | "head";
  readonly batchSize: number;
  readonly stepsAtOnce: number;
  readonly imageSize: number;
  /** As each contender must count those that learn. */
  readonly parameters: number;
  readonly features: number;
}

export interface PlanOfFile {
  readonly plan: TrainingPlan;
  /** Where the head alone learns. */
  readonly parts: HeadAlone | undefined;
  /** What the file has learnt. */
  readonly weights: readonly NamedTensor[];
}

/** The plan of a file's network, all layers learning or the head. */
export async function planOfFile(file: string, part: FineTuneStep["part"]): Promise<PlanOfFile> {
  const source = await readSource(file);
  const { result } = await follow(readClassifier(source, { preprocessing: "0..1" }));
  const network = networkToTune({ source, ...result }, { trainable: part });
  const base = network.suited(recipes[part === "all" ? "fine-tune" : "head"]);
  const recipe = adaptRecipe(base, { batchSize: BATCH });
  const plan = network.plan(recipe, { classes, precision: "float32" });
  return { plan, parts: headAlone(plan, recipe), weights: network.learnt.weights(plan) };
}

/** Numbers that learn. */
export const countLearning = (plan: TrainingPlan): number =>
  learningParameters(plan).reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** The steps of a file that contenders take. */
export async function readNetwork(
  file: string,
): Promise<Readonly<Record<FineTuneStep["part"], FineTuneStep>>> {
  const of = async (part: FineTuneStep["part"]): Promise<FineTuneStep> => {
    const { plan, parts } = await planOfFile(file, part);
    return {
      part,
      batchSize: BATCH,
      stepsAtOnce: part === "all" ? 1 : HEAD_STEPS,
      imageSize: networkOf(plan.network).input.height,
      parameters: countLearning(plan),
      features: parts?.features ?? 0,
    };
  };
  return { all: await of("all"), head: await of("head") };
}
