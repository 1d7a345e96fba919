import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { itIsAnEngine } from "../fixtures/engine-contract.js";
import { batchOf, planWith, tinyState } from "../fixtures/reference-step.js";
import type { TrainingPlan } from "../plan.js";
import { OnnxEngine } from "./onnx-engine.js";
import type { OnnxRuntime } from "./onnx-runtime.js";

const description = { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} };

async function engineFor(plan: TrainingPlan) {
  const engine = new OnnxEngine(plan, { runtime: ort, threads: 1, description });
  await engine.write(tinyState(plan));
  return engine;
}

describe("the onnx engine", () => {
  itIsAnEngine(engineFor);

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

describe("a session that cannot be made", () => {
  /** onnxruntime, whose first sessions fail. */
  function failing(words: string, times: number) {
    let left = times;
    const create = async (...given: Parameters<typeof ort.InferenceSession.create>) => {
      if (left-- > 0) throw new Error(words);
      return ort.InferenceSession.create(...given);
    };
    return { Tensor: ort.Tensor, InferenceSession: { create } } as unknown as OnnxRuntime;
  }
  const engineOn = async (runtime: OnnxRuntime) => {
    const plan = planWith({});
    const engine = new OnnxEngine(plan, { runtime, threads: 1, description });
    await engine.write(tinyState(plan));
    return engine;
  };
  const step = (engine: OnnxEngine) => engine.step(batchOf(6, 1), { learningRate: 0.1 });

  it("is reported once, and hinders neither another try nor the end", async () => {
    await using engine = await engineOn(failing("not this time", 1));
    await expect(step(engine)).rejects.toThrow("not this time");
    expect((await step(engine)).loss).toBeGreaterThan(0);
  });

  it("is not told again when the engine ends", async () => {
    const engine = await engineOn(failing("never", Number.POSITIVE_INFINITY));
    await expect(step(engine)).rejects.toThrow("never");
    await engine[Symbol.asyncDispose]();
  });

  it("for lack of memory says what to make smaller", async () => {
    await using engine = await engineOn(failing("std::bad_alloc", 1));
    await expect(step(engine)).rejects.toMatchObject({
      code: "out-of-memory",
      message: "6 photos per step do not fit into memory.",
      hint: expect.stringContaining("`batchSize` 3"),
    });
  });
});
