// Every precision of the ONNX export gives in browsers what it gives in Node. On WebGPU no node may fall back to
// the CPU: what computes the weights back must be gone when the model has loaded.
import { onnxFormat } from "@fleuron/export";
import {
  bundlePrecisions,
  networkParameters,
  notebookPreprocessing,
  randomStream,
  sizeOf,
} from "@fleuron/model";
import { tinyNetwork } from "@fleuron/testing";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { runOnnxInChromium } from "./run-onnx-in-chromium.js";

const network = tinyNetwork();
const drawn = (shape: readonly number[], seed: number) => {
  const values = new Float32Array(sizeOf(shape));
  randomStream(seed, "augment", 0, 0).fillNormal(values, 0.1, 0.2);
  return values.map(Math.abs);
};
const trained = {
  network,
  labels: ["a", "b", "c", "d"],
  preprocessing: notebookPreprocessing,
  temperature: 2,
  weights: new Map(networkParameters(network).map(({ name, shape }, index) => [name, drawn(shape, index)])),
};
const dims = [2, 3, 31, 27];
const data = drawn(dims, 99);

describe.each(bundlePrecisions)("an export in %s", (precision) => {
  it.each(["wasm", "webgpu"] as const)("gives on %s what it gives in Node", async (executionProvider) => {
    const { files } = await onnxFormat.encode(trained, precision);
    const model = new Uint8Array(Buffer.concat(files[0]!.parts));
    const session = await InferenceSession.create(model);
    const { probabilities } = await session.run({ image: new Tensor("float32", data, dims) });
    const expected = [...(probabilities!.data as Float32Array)];
    await session.release();
    const inputs = { image: { dims, data } };
    const here = await runOnnxInChromium({ model, inputs, executionProvider });
    const differences = expected.map((value, index) => Math.abs(value - here.probabilities![index]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
    expect(new Set(expected.map((value) => value.toFixed(3))).size).toBeGreaterThan(2);
  });
});
