import { alexnet } from "@fleuron/model";
import * as v from "valibot";
import { expect, it } from "vitest";
import { importedNetwork } from "./fixtures/reference-step.js";
import { type TrainingPlan, trainingPlanSchema } from "./plan.js";

const plan: TrainingPlan = {
  network: alexnet({ classes: 2, imageSize: 67 }),
  optimiser: { type: "sgd", momentum: 0.9, nesterov: true, weightDecay: 0, clipNorm: null },
  precision: "float32",
  batchSize: 4,
};

it("reads the plan of an older run, which names its loss", () => {
  const older = { ...plan, loss: { type: "softmaxCrossEntropy" } };
  expect(v.parse(trainingPlanSchema, older)).toEqual(plan);
  expect(v.parse(trainingPlanSchema, plan)).toEqual(plan);
});

it("reads no plan with another loss, or with what it does not know", () => {
  expect(v.is(trainingPlanSchema, { ...plan, loss: { type: "hinge" } })).toBe(false);
  expect(v.is(trainingPlanSchema, { ...plan, later: 1 })).toBe(false);
});

it("keeps a network that is a graph, which parts learn and how fast", () => {
  const bodyRate = { factor: 0.1, head: ["dense2/kernel"] };
  const tuned = { ...plan, network: importedNetwork, trainable: ["dense2/kernel"], bodyRate };
  expect(v.parse(trainingPlanSchema, JSON.parse(JSON.stringify(tuned)))).toEqual(tuned);
  const { inference, ...cut } = importedNetwork;
  expect(
    v.is(trainingPlanSchema, { ...tuned, network: { ...cut, inference: { ...inference, nodes: 1 } } }),
  ).toBe(false);
  expect(v.is(trainingPlanSchema, { ...tuned, network: cut })).toBe(false);
});
