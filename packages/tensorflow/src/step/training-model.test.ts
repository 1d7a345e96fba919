import { planWith } from "@fleuron/training/fixtures";
import { describe, expect, it } from "vitest";
import { trainingModel } from "./training-model.js";

describe("a plan as a SavedModel", () => {
  const plan = planWith({});

  it("predicts in float32 where its steps multiply in bfloat16", () => {
    const predicting = { ...plan, trainable: [] };
    expect(trainingModel({ ...predicting, precision: "bfloat16" })).toEqual(trainingModel(predicting));
    expect(trainingModel({ ...plan, precision: "bfloat16" })).not.toEqual(trainingModel(plan));
  });
});
