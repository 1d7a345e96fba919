import { bindDimensions } from "@fleuron/graph";
import { compileProgram, DeviceVariables, type TileStore } from "@fleuron/graph/webgpu";
import { alexnet } from "@fleuron/model";
import { softwareGpu } from "@fleuron/testing";
import * as ort from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { madeUpBatch } from "../engine/made-up.js";
import { distance, itIsAnEngine } from "../fixtures/engine-contract.js";
import { batchOf, planWith, stateOf, tinyState } from "../fixtures/reference-step.js";
import { OnnxEngine } from "../onnx/onnx-engine.js";
import type { TrainingPlan } from "../plan.js";
import { initialState, stateTensors } from "../state.js";
import { stepGraph } from "./step-graph.js";
import { createWebgpuEngine } from "./webgpu-engine.js";

const gpu = await softwareGpu();
const whySkipped = typeof gpu === "string" ? ` (skipped: ${gpu})` : "";
const openDevice = () => (typeof gpu === "string" ? expect.unreachable(gpu) : gpu.device());

const description = { engine: "webgpu", precision: "float32", threads: 1, versions: {} };

async function engineOn(device: GPUDevice, plan: TrainingPlan) {
  const engine = await createWebgpuEngine(plan, { device, description });
  await engine.write(tinyState(plan));
  return engine;
}

/** The network of every figure, with all that an update can do. */
const small: TrainingPlan = {
  network: alexnet({ classes: 5, imageSize: 99, width: 0.1 }),
  optimiser: { type: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4, clipNorm: 5 },
  precision: "float32",
  batchSize: 8,
};

describe.skipIf(whySkipped)(`the WebGPU engine${whySkipped}`, () => {
  let device: GPUDevice;
  beforeAll(async () => {
    device = await openDevice();
  });
  afterAll(() => device.destroy());

  itIsAnEngine((plan) => engineOn(device, plan));

  it("takes ten steps beside onnxruntime", async () => {
    await using onGpu = await createWebgpuEngine(small, { device, description });
    await using onProcessor = new OnnxEngine(small, { runtime: ort, threads: 1, description });
    const initialisation = {
      conv2dKernel: { type: "heNormal" },
      denseKernel: { type: "glorotUniform" },
      bias: { type: "constant", value: 0.1 },
    } as const;
    for (const engine of [onGpu, onProcessor]) await engine.write(initialState(small, initialisation, 3));
    for (let step = 1; step <= 10; step++) {
      const batch = { ...madeUpBatch(small), normalizer: 8 + step };
      const [ours, theirs] = await Promise.all(
        [onGpu, onProcessor].map((engine) => engine.step(batch, { learningRate: 0.01 })),
      );
      expect(Math.abs(ours!.loss - theirs!.loss)).toBeLessThan(1e-3 * theirs!.loss);
      expect(ours!.correctCount).toBe(theirs!.correctCount);
    }
    const expected = await stateOf(onProcessor.read());
    for (const [name, { data }] of await stateOf(onGpu.read()))
      expect(distance(data, expected.get(name)!.data), name).toBeLessThan(1e-3);
  });

  it("computes by the tiles that are kept for its device", async () => {
    const plan = planWith({});
    const asked: string[] = [];
    const tiles: TileStore = {
      get: async (key) => {
        asked.push(key);
        return "32x64";
      },
      set: async () => expect.unreachable(),
    };
    await using tiled = await createWebgpuEngine(plan, { device, description, tiles });
    await tiled.write(tinyState(plan));
    await using plain = await engineOn(device, plan);
    const photos = batchOf(16, 1);
    const [ours, theirs] = [await tiled.predict(photos), await plain.predict(photos)];
    expect(asked).toEqual([expect.stringMatching(/SwiftShader.*: matMul 16x16x/)]);
    expect(distance(ours.data, theirs.data)).toBeLessThan(1e-5);
  });

  it("takes at most 60 kernels for a step, its update included", async () => {
    const shapes = stateTensors(small).map(({ name, shape }) => [name, shape] as const);
    const state = await DeviceVariables.create(device, shapes);
    const graph = bindDimensions(stepGraph(small), { batch: 8 });
    const step = await compileProgram(graph, state, { outputs: ["loss", "correctCount"] });
    expect(step.dispatches).toBeLessThanOrEqual(60);
    step.destroy();
    state.destroy();
  });

  it("says that the device was lost, and what to do", async () => {
    const lost = await openDevice();
    await using engine = await engineOn(lost, { ...planWith({}), trainable: [] });
    await engine.predict(batchOf(6, 1));
    lost.destroy();
    await expect(engine.predict(batchOf(6, 2))).rejects.toMatchObject({
      code: "device-lost",
      hint: "Resume the run: it goes on from its last checkpoint.",
    });
  });
});
