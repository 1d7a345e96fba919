// The first path through the whole house: layers become a graph, the graph learns, and what it learnt gives the
// same answer in Node and in a browser.
import { inferenceGraph } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { networkParameters } from "@fleuron/model";
import { drawnBatch, tinyNetwork } from "@fleuron/testing";
import { initialState, type TrainingPlan } from "@fleuron/training";
import { OnnxEngine } from "@fleuron/training/onnx";
import * as ort from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { openOnnxInChromium } from "./run-onnx-in-chromium.js";

const network = tinyNetwork();
const plan: TrainingPlan = {
  network,
  optimiser: { type: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4, clipNorm: 5 },
  precision: "float32",
  batchSize: 16,
};
const initialisation = {
  conv2dKernel: { type: "heNormal" },
  denseKernel: { type: "glorotUniform" },
  bias: { type: "constant", value: 0 },
} as const;
const photos = { ...drawnBatch(network, 8, 99), shape: [8, 3, 31, 27] };

describe("a tiny network, trained for ten steps on drawn images", () => {
  const losses: number[] = [];
  let model: Uint8Array;
  let trainerLogits: Float32Array;
  let nodeLogits: Float32Array;

  beforeAll(async () => {
    await using engine = new OnnxEngine(plan, {
      runtime: ort,
      threads: 1,
      description: { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} },
    });
    await engine.write(initialState(plan, initialisation, 1));
    for (let step = 0; step < 10; step++) {
      const dropoutMasks = {
        "dropout1/mask": Float32Array.from({ length: 16 * 16 }, (_, i) => ((i + step) % 2) * 2),
      };
      const { loss } = await engine.step(
        { ...drawnBatch(network, 16, step), dropoutMasks },
        { learningRate: 0.05 },
      );
      losses.push(loss);
    }
    trainerLogits = (await engine.predict(photos)).data;

    const names = new Map(networkParameters(network).map(({ name }) => [name, new Float32Array()]));
    for await (const { name, data } of engine.read()) {
      const parameter = name.replace(/^(weights|statistics)\//, "");
      if (names.has(parameter)) names.set(parameter, data.slice());
    }
    model = toOnnx(inferenceGraph(network), { values: names });
    const session = await ort.InferenceSession.create(model);
    const { logits } = await session.run({ image: new ort.Tensor("float32", photos.images, photos.shape) });
    nodeLogits = logits!.data as Float32Array;
    await session.release();
  });

  it("learns", () => {
    expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.7);
  });

  it("answers in onnxruntime-node as the trainer does", () => {
    expectEqual(nodeLogits, trainerLogits);
  });

  it.each(["wasm", "webgpu"] as const)("answers in Chromium on %s as in Node", async (executionProvider) => {
    await using chromium = await openOnnxInChromium(executionProvider);
    const { logits } = await chromium.run(model, { image: { dims: photos.shape, data: photos.images } });
    expectEqual(logits!, nodeLogits);
  });
});

function expectEqual(actual: Float32Array, expected: Float32Array): void {
  expect(actual.length).toBe(expected.length);
  const differences = expected.map((value, index) => Math.abs(value - actual[index]!));
  expect(Math.max(...differences)).toBeLessThan(1e-5);
}
