import { drawnBatch } from "@fleuron/testing";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { batchOf, network, planWith, referenceStep, stateOf, tinyState } from "../fixtures/reference-step.js";
import type { TrainingPlan } from "../plan.js";
import { OnnxEngine } from "./onnx-engine.js";

const description = { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} };

async function engineFor(plan: TrainingPlan) {
  const engine = new OnnxEngine(plan, { runtime: ort, threads: 1, description });
  await engine.write(tinyState(plan));
  return engine;
}

describe("the onnx engine", () => {
  it.each([
    ["plain SGD", { momentum: 0 }],
    ["momentum", {}],
    ["Nesterov, weight decay and clipping", { nesterov: true, weightDecay: 0.05, clipNorm: 0.5 }],
  ])("takes the steps that the graphs describe: %s", async (_, optimiser) => {
    const plan = planWith(optimiser);
    await using engine = await engineFor(plan);
    let expected = await stateOf(engine.read());
    for (const [index, size] of [6, 6, 5].entries()) {
      const [batch, learningRate] = [batchOf(size, index + 1), 0.05 / (index + 1)];
      const reference = referenceStep(plan, expected, batch, learningRate);
      expected = reference.next;
      const metrics = await engine.step(batch, { learningRate });
      expect(metrics.loss).toBeCloseTo(reference.loss, 4);
      expect(metrics.correctCount).toBe(reference.correctCount);
    }
    for (const [name, { data }] of await stateOf(engine.read())) {
      const wanted = expected.get(name)!.data;
      const difference = Math.hypot(...data.map((value, index) => value - wanted[index]));
      expect(difference / Math.max(Math.hypot(...wanted), 1e-6), name).toBeLessThan(1e-4);
    }
  });

  it("predicts any number of photos", async () => {
    await using engine = await engineFor(planWith({}));
    const [three, one] = [
      drawnBatch(network, 3, 1),
      drawnBatch(network, 3, 1).images.subarray(0, 3 * 31 * 27),
    ];
    const together = await engine.predict(three);
    const alone = await engine.predict({ size: 1, images: Float32Array.from(one) });
    expect(together.classes).toBe(4);
    expect([...alone.data]).toEqual([...together.data.slice(0, 4)].map((value) => expect.closeTo(value, 5)));
  });

  it("goes on as if nothing had happened from a state that was read and written", async () => {
    const plan = planWith({});
    await using first = await engineFor(plan);
    await first.step(batchOf(6, 1), { learningRate: 0.1 });
    await using second = new OnnxEngine(plan, { runtime: ort, threads: 1, description });
    await second.write(first.read());
    const losses = [first, second].map((engine) => engine.step(batchOf(6, 2), { learningRate: 0.1 }));
    const [a, b] = await Promise.all(losses);
    expect(a.loss).toBe(b.loss);
  });

  it("refuses a tensor of another shape and one that it has not", async () => {
    await using engine = await engineFor(planWith({}));
    const one = async function* (name: string) {
      yield { name, shape: [2], data: new Float32Array(2) };
    };
    await expect(engine.write(one("weights/conv1/bias"))).rejects.toThrow(/'weights\/conv1\/bias'.*is \[8\]/);
    await expect(engine.write(one("weights/conv9/bias"))).rejects.toThrow(/does not exist/);
  });
});
