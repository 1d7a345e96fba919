// The engine of TensorFlow where tfjs-node is installed; FLEURON_TEST_ENGINES=tfjs-node installs it before the tests.
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { gradientName, interpret, trainingGraph } from "@fleuron/graph";
import { thisMachine } from "@fleuron/machine";
import { drawnBatch } from "@fleuron/testing";
import type { TrainingPlan } from "@fleuron/training";
import { learningParameters } from "@fleuron/training";
import {
  batchOf,
  distance,
  feedsOf,
  itIsAnEngine,
  network,
  planWith,
  stateOf,
  tinyState,
} from "@fleuron/training/fixtures";
import { describe, expect, it } from "vitest";
import { referenceEngine } from "../install/reference-engine.js";
import type { Tensorflow } from "./tensorflow.js";
import { TensorflowEngine } from "./tensorflow-engine.js";
import { tensorflowModule } from "./tensorflow-module.js";

const tfjsNode = tensorflowModule("tfjs-node");

const missing = (await tfjsNode.probe(thisMachine())).find(({ ok }) => !ok);
const skipped = missing ? ` (skipped: ${missing.what}: ${missing.found}; ${missing.hint})` : "";

async function engineFor(plan: TrainingPlan): Promise<TensorflowEngine> {
  const engine = (await tfjsNode.create(plan, { threads: 2 })) as TensorflowEngine;
  await engine.write(tinyState(plan));
  return engine;
}

describe.skipIf(missing)(`the engine tfjs-node${skipped}`, () => {
  itIsAnEngine(engineFor);

  it("has the interpreter's gradients", async () => {
    const plan = planWith({});
    await using engine = await engineFor(plan);
    const state = await stateOf(engine.read());
    const { outputs } = interpret(trainingGraph(network), feedsOf(planWith({}), state, batchOf(6, 1)));
    const gradients = await engine.gradients(batchOf(6, 1));
    expect([...gradients.keys()].sort()).toEqual(
      learningParameters(plan)
        .map(({ name }) => name)
        .sort(),
    );
    for (const [name, gradient] of gradients) {
      expect(distance(gradient, outputs.get(gradientName(name))!.data), name).toBeLessThan(1e-4);
    }
  });

  it("has onnx-cpu's first ten losses, and its weights after them", async () => {
    const plan = planWith({ nesterov: true, weightDecay: 5e-4, clipNorm: 5 });
    await using engine = await engineFor(plan);
    await using other = referenceEngine(plan);
    await other.write(tinyState(plan));
    for (let step = 0; step < 10; step++) {
      const batch = batchOf(6, step);
      const [own, reference] = await Promise.all([
        engine.step(batch, { learningRate: 0.02 }),
        other.step(batch, { learningRate: 0.02 }),
      ]);
      expect(Math.abs(own.loss / reference.loss - 1)).toBeLessThan(1e-3);
    }
    const expected = await stateOf(other.read());
    for (const [name, { data }] of await stateOf(engine.read())) {
      expect(distance(data, expected.get(name)!.data), name).toBeLessThan(1e-3);
    }
  });

  it.each([
    ["onnx-cpu goes on where tfjs-node stopped", tfjsNode.create, referenceEngine],
    ["tfjs-node goes on where onnx-cpu stopped", referenceEngine, tfjsNode.create],
  ])("%s", async (_, begin, goOn) => {
    const plan = planWith({});
    await using first = await begin(plan, { threads: 1 });
    await first.write(tinyState(plan));
    await first.step(batchOf(6, 1), { learningRate: 0.1 });
    await using second = await goOn(plan, { threads: 1 });
    await second.write(first.read());
    const [a, b] = await Promise.all([
      first.step(batchOf(6, 2), { learningRate: 0.1 }),
      second.step(batchOf(6, 2), { learningRate: 0.1 }),
    ]);
    expect(b.loss).toBeCloseTo(a.loss, 5);
  });

  it("multiplies in bfloat16, and keeps its state in float32", async () => {
    const batch = batchOf(6, 1);
    await using exact = await engineFor(planWith({}));
    await using mixed = await engineFor({ ...planWith({}), precision: "bfloat16" });
    const { loss } = await exact.step(batch, { learningRate: 0.01 });
    const { loss: rounded } = await mixed.step(batch, { learningRate: 0.01 });
    expect(Math.abs(rounded / loss - 1)).toBeLessThan(0.02);
    expect(rounded).not.toBe(loss);
    const kernel = (await stateOf(mixed.read())).get("weights/dense1/kernel")!;
    const bits = new Uint32Array(Float32Array.from(kernel.data).buffer);
    expect(bits.some((value) => (value & 0xffff) !== 0)).toBe(true);
    expect(mixed.description.precision).toBe("bfloat16");
  });

  it("predicts in float32 what it trains in bfloat16", async () => {
    await using exact = await engineFor(planWith({}));
    await using mixed = await engineFor({ ...planWith({}), precision: "bfloat16" });
    const batch = drawnBatch(network, 3, 1);
    expect((await mixed.predict(batch)).data).toEqual((await exact.predict(batch)).data);
  });

  it("leaves no file behind", async () => {
    const own = async () =>
      (await readdir(tmpdir())).filter((name) =>
        new RegExp(`^fleuron-saved-model-.*-${process.pid}-`).test(name),
      );
    const engine = await engineFor(planWith({}));
    expect(await own()).toHaveLength(1);
    await engine[Symbol.asyncDispose]();
    expect(await own()).toHaveLength(0);
  });
});

/** A TensorFlow in which every run fails in this way. */
const failing = (message: string): Tensorflow => ({
  version: { "tfjs-node": "0" },
  node: {
    loadSavedModel: async () => ({
      predict() {
        throw new Error(message);
      },
      dispose() {},
    }),
  },
  tensor: (_values, shape) => ({ shape, dataSync: () => new Float32Array(0), dispose() {} }),
  memory: () => ({ numTensors: 0 }),
  backend: () => ({ binding: { TF_Version: "0" }, isUsingGpuDevice: false }),
});

describe("a step that fails", () => {
  const stepOn = async (message: string) => {
    const plan = planWith({});
    const description = { engine: "tfjs-node", precision: plan.precision, threads: 1, versions: {} };
    await using engine = await TensorflowEngine.open(plan, failing(message), description);
    return await engine.step(batchOf(6, 1), { learningRate: 0.1 });
  };

  it("for want of memory names the batch size, and one to try", async () => {
    await expect(stepOn("OOM when allocating tensor with shape[6,8,14,12]")).rejects.toMatchObject({
      code: "out-of-memory",
      message: "6 photos per step do not fit into memory.",
      subject: "batchSize",
      hint: expect.stringContaining("`batchSize` 3"),
    });
  });

  it.each([
    "OOM when allocating tensor with shape[6,96,55,55] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc",
    "Failed to get convolution algorithm: CUDNN_STATUS_ALLOC_FAILED",
    "CUDA runtime implicit initialization on GPU:0 failed. Status: CUDA_ERROR_OUT_OF_MEMORY",
    "failed to create cublas handle: CUBLAS_STATUS_ALLOC_FAILED",
  ])("for want of a GPU's memory says whose memory: %s", async (words) => {
    await expect(stepOn(words)).rejects.toMatchObject({
      code: "out-of-memory",
      message: "6 photos per step do not fit into the GPU's memory.",
      hint: "Try `batchSize` 3, or a smaller `width` or `imageSize`. nvidia-smi shows what else uses the GPU.",
    });
  });

  it("for another reason says TensorFlow's own", async () => {
    await expect(stepOn("Session fail to run with error: no such node")).rejects.toThrow("no such node");
  });
});
