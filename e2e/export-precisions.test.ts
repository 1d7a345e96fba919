// Every precision of the ONNX export gives in browsers what it gives in Node. On WebGPU no node may fall back to
// the CPU: what computes the weights back must be gone when the model has loaded.
import { onnxFormat } from "@fleuron/export";
import {
  bundlePrecisions,
  type Layer,
  type Network,
  networkParameters,
  notebookPreprocessing,
  randomStream,
  sizeOf,
} from "@fleuron/model";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OnnxInChromium, openOnnxInChromium } from "./run-onnx-in-chromium.js";

const conv = (id: string, filters: number): Layer => ({
  type: "conv2d",
  id,
  filters,
  kernelSize: [3, 3],
  strides: [1, 1],
  padding: "same",
  activation: "relu",
});
/** A convolution and a dense layer of 73,728 weights each, which int8 and int4 store as integers. */
const network: Network = {
  formatVersion: 1,
  name: "two large layers",
  input: { channels: 3, height: 4, width: 3 },
  layers: [
    conv("conv1", 64),
    conv("conv2", 128),
    { type: "batchNorm", id: "batchNorm1", epsilon: 1e-3, momentum: 0.9 },
    { type: "flatten", id: "flatten" },
    { type: "dense", id: "dense1", units: 48, activation: "relu" },
    { type: "dense", id: "dense2", units: 4, activation: "linear" },
  ],
};
const drawn = (shape: readonly number[], seed: number) => {
  const values = new Float32Array(sizeOf(shape));
  randomStream(seed, "augment", 0, 0).fillNormal(values, 0, 0.2);
  return values;
};
const trained = {
  network,
  labels: ["a", "b", "c", "d"],
  preprocessing: notebookPreprocessing,
  temperature: 2,
  weights: new Map(
    networkParameters(network).map(({ name, kind, shape }, index) => {
      const values = drawn(shape, index);
      return [name, kind === "movingVariance" ? values.map((value) => 1 + value ** 2) : values];
    }),
  ),
};
const dims = [2, 3, 4, 3];
const data = drawn(dims, 99);

describe.each(["wasm", "webgpu"] as const)("in Chromium on %s", (executionProvider) => {
  let chromium: OnnxInChromium;
  beforeAll(async () => {
    chromium = await openOnnxInChromium(executionProvider);
  });
  afterAll(() => chromium[Symbol.asyncDispose]());

  it.each(bundlePrecisions)("an export in %s gives what it gives in Node", async (precision) => {
    const { files } = await onnxFormat.encode(trained, precision);
    expect(files).toHaveLength(1);
    const model = new Uint8Array(Buffer.concat(files[0]!.parts));
    const session = await InferenceSession.create(model);
    const { probabilities } = await session.run({ image: new Tensor("float32", data, dims) });
    const expected = [...(probabilities!.data as Float32Array)];
    await session.release();
    const here = await chromium.run(model, { image: { dims, data } });
    const differences = expected.map((value, index) => Math.abs(value - here.probabilities![index]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
    expect(new Set(expected.map((value) => value.toFixed(3))).size).toBeGreaterThan(2);
  });
});
