import { bindDimensions } from "@fleuron/graph";
import { compileProgram, DeviceVariables, type TileStore } from "@fleuron/graph/webgpu";
import { alexnet } from "@fleuron/model";
import { softwareGpu } from "@fleuron/testing";
import * as ort from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TrainingEngine } from "../engine/engine.js";
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
    expect(asked).toEqual([expect.stringMatching(/(SwiftShader|llvmpipe).*: matMul 16x16x/)]);
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

  describe("on a device that is lost", () => {
    const plan = planWith({});
    const isLost = {
      code: "device-lost",
      kind: "machine",
      hint: "Resume the run: it goes on from its last checkpoint.",
    };
    const step = (engine: TrainingEngine) => engine.step(batchOf(6, 1), { learningRate: 0.05 });

    it("in mid-step, says so to all that wait, and ends", async () => {
      const lost = await openDevice();
      const engine = await engineOn(lost, plan);
      await step(engine);
      const waiting = [step(engine), step(engine)].map((one) => expect(one).rejects.toMatchObject(isLost));
      lost.destroy();
      await Promise.all(waiting);
      await expect(step(engine)).rejects.toMatchObject(isLost);
      await engine[Symbol.asyncDispose]();
    });

    it("while its kernels are compiled, says so", async () => {
      const lost = await openDevice();
      await using engine = await engineOn(lost, plan);
      const waiting = expect(step(engine)).rejects.toMatchObject(isLost);
      setTimeout(() => lost.destroy());
      await waiting;
    });

    it("in mid-checkpoint, says so, and gives no tensor that it could not read", async () => {
      const lost = await openDevice();
      await using engine = await engineOn(lost, plan);
      const read: string[] = [];
      const readAll = async () => {
        for await (const { name } of engine.read()) {
          read.push(name);
          if (read.length === 2) lost.destroy();
        }
      };
      await expect(readAll()).rejects.toMatchObject(isLost);
      expect(read).toHaveLength(2);
    });

    it("takes no state any more", async () => {
      const lost = await openDevice();
      await using engine = await engineOn(lost, plan);
      lost.destroy();
      await expect(engine.write(tinyState(plan))).rejects.toMatchObject(isLost);
    });
  });

  describe("on a device that is too small", () => {
    const plan = planWith({});

    it.each([
      ["the state", 0, "What is to be computed does not fit into the GPU's memory."],
      ["a step", 1, "6 photos per step do not fit into the GPU's memory."],
    ])("says that %s does not fit into its memory, and keeps what it has", async (_, room, message) => {
      const full = { code: "out-of-memory", subject: "batchSize", message };
      const tight = tightDevice(device, { room });
      const opened = createWebgpuEngine(plan, { device: tight, description });
      if (room === 0) return await expect(opened).rejects.toMatchObject(full);
      await using engine = await opened;
      await engine.write(tinyState(plan));
      const before = await stateOf(engine.read());
      await expect(engine.step(batchOf(6, 1), { learningRate: 0.05 })).rejects.toMatchObject(full);
      expect(await stateOf(engine.read())).toEqual(before);
    });

    it("says which limit is below what the network needs, and what to do, and keeps what it has", async () => {
      const tight = tightDevice(device, { limits: { maxStorageBuffersPerShaderStage: 1 } });
      await using engine = await createWebgpuEngine(plan, { device: tight, description });
      await engine.write(tinyState(plan));
      const before = await stateOf(engine.read());
      await expect(engine.step(batchOf(6, 1), { learningRate: 0.05 })).rejects.toMatchObject({
        code: "device-limit",
        kind: "machine",
        message: expect.stringMatching(/needs \d+ bindings, and this device has 1\.$/),
        hint: "Use `engine` onnx-cpu, a smaller `width`, or another GPU.",
      });
      expect(await stateOf(engine.read())).toEqual(before);
    });
  });
});

interface Tightness {
  /** How often buffers fit. Default: always. */
  readonly room?: number;
  readonly limits?: Partial<GPUSupportedLimits>;
}

/** A device that has less than it has. */
function tightDevice(device: GPUDevice, { room = Number.POSITIVE_INFINITY, limits }: Tightness): GPUDevice {
  let left = room;
  return new Proxy(device, {
    get(target, name) {
      if (name === "limits")
        return new Proxy(target.limits, {
          get: (all, limit) => Reflect.get({ ...limits }, limit) ?? Reflect.get(all, limit),
        });
      const own: unknown = Reflect.get(target, name);
      if (name === "popErrorScope") {
        return async () => {
          await target.popErrorScope();
          return left-- > 0 ? null : { message: "no room" };
        };
      }
      return typeof own === "function" ? own.bind(target) : own;
    },
  });
}
