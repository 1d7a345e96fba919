import * as ort from "onnxruntime-node";
import { expect, it } from "vitest";
import { OnnxEngine } from "../onnx/onnx-engine.js";
import type { TrainingPlan } from "../plan.js";
import { disagreement } from "./agreement.js";

const description = { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} };
const open = async (plan: TrainingPlan) => new OnnxEngine(plan, { runtime: ort, threads: 1, description });

it("is found between an engine and one that updates otherwise, in its second loss", async () => {
  const withoutMomentum = (plan: TrainingPlan) =>
    open({
      ...plan,
      optimiser: { type: "sgd", momentum: 0, nesterov: false, weightDecay: 0, clipNorm: 1e-3 },
    });
  expect(await disagreement(open, open)).toBeUndefined();
  expect(await disagreement(withoutMomentum, open)).toMatch(
    /^after one step its loss is [\d.]+, and that of onnx-cpu [\d.]+$/,
  );
});
