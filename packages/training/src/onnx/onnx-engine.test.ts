import { onnxLowerings } from "@fleuron/graph/onnx";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { itIsAnEngine } from "../fixtures/engine-contract.js";
import { batchOf, planWith, tinyState } from "../fixtures/reference-step.js";
import type { TrainingPlan } from "../plan.js";
import { onCuda } from "./on-cuda.js";
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
    const { loss } = await first.step(batchOf(6, 2), { learningRate: 0.1 });
    expect((await second.step(batchOf(6, 2), { learningRate: 0.1 })).loss).toBe(loss);
  });
});

describe("arrays that are the engine's to keep", () => {
  const engineOf = (plan: TrainingPlan) => new OnnxEngine(plan, { runtime: ort, threads: 1, description });

  it("are its state where nothing learns, without a copy, and give the same answers", async () => {
    const plan = { ...planWith({}), trainable: [] };
    await using copying = await engineFor(plan);
    await using keeping = engineOf(plan);
    const given: Float32Array[] = [];
    await keeping.write(
      (async function* () {
        for await (const tensor of tinyState(plan)) {
          given.push(tensor.data);
          yield tensor;
        }
      })(),
      { keep: true },
    );
    const held = new Set<Float32Array>();
    for await (const { data } of keeping.read()) held.add(data);
    expect(held.size).toBe(given.length);
    expect([...held].filter((data) => !given.includes(data))).toEqual([]);
    expect(await keeping.predict(batchOf(2, 1))).toEqual(await copying.predict(batchOf(2, 1)));
  });

  it("are copied where something learns: a step leaves them as they were", async () => {
    const plan = planWith({});
    await using engine = engineOf(plan);
    const given = new Map<string, Float32Array>();
    for await (const { name, data } of tinyState(plan)) given.set(name, data);
    const before = new Map([...given].map(([name, data]) => [name, data.slice()]));
    await engine.write(tinyState(plan), { keep: true });
    await engine.step(batchOf(6, 1), { learningRate: 0.1 });
    expect(given).toEqual(before);
  });
});

describe("sessions", () => {
  const { optimiser: sgd } = planWith({});
  const adamw = {
    type: "adamw",
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0,
    clipNorm: 5,
  } as const;

  /** onnxruntime, with the sizes of the batches that sessions were made and released for; 0: they take no photos. */
  function counted() {
    const made: number[] = [];
    const released: number[] = [];
    const options: object[] = [];
    const create = async (...given: Parameters<typeof ort.InferenceSession.create>) => {
      const session = await ort.InferenceSession.create(...given);
      options.push(given[1] as object);
      const [image] = session.inputMetadata.filter(({ name }) => name === "image");
      const size = image?.isTensor ? Number(image.shape[0]) : 0;
      made.push(size);
      const release = session.release.bind(session);
      return Object.assign(session, {
        release: async () => {
          released.push(size);
          await release();
        },
      });
    };
    const runtime = { Tensor: ort.Tensor, InferenceSession: { create } } as unknown as OnnxRuntime;
    return { runtime, made, released, options };
  }

  it("of full batches and the smaller last one are kept from epoch to epoch", async () => {
    const { runtime, made, released } = counted();
    const plan = planWith({});
    await using engine = new OnnxEngine(plan, { runtime, threads: 1, description });
    await engine.write(tinyState(plan));
    for (const size of [6, 6, 5, 6, 6, 5]) await engine.step(batchOf(size, 1), { learningRate: 0.1 });
    expect({ made, released }).toEqual({ made: [6, 5], released: [] });
  });

  it("of sizes that are used no more are released, and all others at the end", async () => {
    const { runtime, made, released } = counted();
    const engine = new OnnxEngine(planWith({}), { runtime, threads: 1, description });
    for (const size of [6, 5, 6, 3, 2, 3]) await engine.predict(batchOf(size, 1));
    expect({ made, released }).toEqual({ made: [6, 5, 3, 2], released: [5, 6] });
    await engine[Symbol.asyncDispose]();
    expect(released.sort()).toEqual([2, 3, 5, 6]);
  });

  it.each([
    ["are none for an update that has a fused form", sgd, [6]],
    ["are made for an update that has none", adamw, [0, 6]],
  ])("%s", async (_, optimiser, sizes) => {
    const { runtime, made } = counted();
    const plan = { ...planWith({}), optimiser };
    await using engine = new OnnxEngine(plan, { runtime, threads: 1, description });
    await engine.write(tinyState(plan));
    await engine.step(batchOf(6, 1), { learningRate: 0.1 });
    expect(made.sort()).toEqual(sizes);
  });

  it("are made from the lowerings and options of the execution that is handed in", async () => {
    const { runtime, options } = counted();
    const execution = {
      lowerings: onnxLowerings,
      sessionOptions: { graphOptimizationLevel: "basic" },
    } as const;
    const plan = planWith({});
    await using engine = new OnnxEngine(plan, { runtime, threads: 1, description, execution });
    await engine.write(tinyState(plan));
    expect((await engine.step(batchOf(6, 1), { learningRate: 0.1 })).loss).toBeGreaterThan(0);
    expect(options).toEqual([
      { graphOptimizationLevel: "basic", intraOpNumThreads: 1, enableCpuMemArena: true },
    ]);
  });
});

describe("on CUDA", () => {
  it("a session is made on the GPU from plain convolutions, and a step is onnx-cpu's", async () => {
    const providers: unknown[] = [];
    /** onnxruntime, whose processor plays the GPU. */
    const create = (model: Uint8Array, options: ort.InferenceSession.SessionOptions) => {
      const { executionProviders, ...others } = options;
      providers.push(executionProviders);
      return ort.InferenceSession.create(model, others);
    };
    const runtime = { Tensor: ort.Tensor, InferenceSession: { create } } as unknown as OnnxRuntime;
    const plan = planWith({ nesterov: true });
    await using onGpu = new OnnxEngine(plan, { runtime, threads: 1, description, execution: onCuda });
    await using onProcessor = await engineFor(plan);
    await onGpu.write(onProcessor.read());
    for (const step of [1, 2]) {
      const [ours, theirs] = await Promise.all(
        [onGpu, onProcessor].map((engine) => engine.step(batchOf(6, step), { learningRate: 0.05 })),
      );
      expect(ours!.loss).toBeCloseTo(theirs!.loss, 5);
    }
    expect(providers).toEqual([["cuda"]]);
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
