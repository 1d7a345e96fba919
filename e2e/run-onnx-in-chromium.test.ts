import { readFile } from "node:fs/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OnnxInChromium, openOnnxInChromium } from "./run-onnx-in-chromium.js";

const model = await readFile(new URL("fixtures/conv-relu-max-pool.onnx", import.meta.url));
const dims = [2, 3, 9, 9];
const data = Float32Array.from({ length: 2 * 3 * 9 * 9 }, (_, index) => Math.sin(index * 1.7));

describe.each(["wasm", "webgpu"] as const)("onnxruntime-web in Chromium on %s", (executionProvider) => {
  let chromium: OnnxInChromium;
  beforeAll(async () => {
    chromium = await openOnnxInChromium(executionProvider);
  });
  afterAll(() => chromium[Symbol.asyncDispose]());

  it("agrees with onnxruntime-node to 1e-5", async () => {
    const session = await InferenceSession.create(model);
    const reference = (await session.run({ x: new Tensor("float32", data, dims) })).y!.data as Float32Array;
    const { y } = await chromium.run(model, { x: { dims, data } });
    expect(y).toHaveLength(2 * 4 * 4 * 4);
    expect(Math.max(...reference)).toBeGreaterThan(0.5);
    const differences = reference.map((value, index) => Math.abs(value - y![index]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });

  it("passes the session's complaint on", async () => {
    await expect(chromium.run(model, { x: { dims: [1], data: new Float32Array(1) } })).rejects.toThrow(
      /rank/i,
    );
  });
});
