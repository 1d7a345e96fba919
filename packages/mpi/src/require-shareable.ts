import { headAlone, type Recipe, type TrainingPlan, trainerError } from "@fleuron/training";
import type { SharedRun } from "./shared-run.js";

/** @throws FleuronError "ranks-unsuitable" for a run that so many ranks cannot share. */
export function requireShareable(
  shared: SharedRun | undefined,
  plan: TrainingPlan,
  recipe: Pick<Recipe, "augmentation" | "mixing">,
): void {
  if (shared === undefined) return;
  const { count } = shared.launch;
  if (plan.batchSize < count) {
    throw trainerError(
      "ranks-unsuitable",
      `A batch of ${plan.batchSize} photos is too small for ${count} ranks to share.`,
      { subject: "batchSize", hint: "Give a larger `batchSize`, or start fewer ranks." },
    );
  }
  if (headAlone(plan, recipe) !== undefined) {
    throw trainerError("ranks-unsuitable", "A head that learns alone is too little for ranks to share.", {
      subject: "trainable",
      hint: "Train it in one process, or let more than the head learn with `trainable`.",
    });
  }
}
