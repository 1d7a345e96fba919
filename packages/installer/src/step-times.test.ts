import { planOf, recipes, type TrainingEngine, type TrainingPlan } from "@fleuron/training";
import { expect, it, vi } from "vitest";
import { stepTimes } from "./step-times.js";

it("are taken of one engine, which ends before the other begins", async () => {
  const plan = planOf(
    { ...recipes.quick, batchSize: 1 },
    {
      classes: 2,
      network: "alexnet",
      imageSize: 67,
      width: 0.02,
    },
  );
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const told: string[] = [];
  const opened = (name: string, time: number) => async (given: TrainingPlan) => {
    expect(given).toBe(plan);
    told.push(`${name} begins`);
    const engine: Partial<TrainingEngine> = {
      write: async () => undefined,
      step: async () => {
        now += time;
        return { loss: 1, correctCount: 0 };
      },
      [Symbol.asyncDispose]: async () => void told.push(`${name} ends`),
    };
    return engine as TrainingEngine;
  };
  const times = await stepTimes(opened("swift", 10), opened("onnx-cpu", 90), plan);
  expect(times).toEqual({ step: 10, onnxCpuStep: 90 });
  expect(told).toEqual(["swift begins", "swift ends", "onnx-cpu begins", "onnx-cpu ends"]);
  vi.restoreAllMocks();
});
