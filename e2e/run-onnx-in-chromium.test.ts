import { readFile } from "node:fs/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { runOnnxInChromium } from "./run-onnx-in-chromium.js";

const model = await readFile(new URL("fixtures/conv-relu-max-pool.onnx", import.meta.url));
const dims = [2, 3, 9, 9];
const data = Float32Array.from({ length: 2 * 3 * 9 * 9 }, (_, index) => Math.sin(index * 1.7));

describe.each(["wasm", "webgpu"] as const)("onnxruntime-web in Chromium on %s", (executionProvider) => {
  it("agrees with onnxruntime-node to 1e-5", async () => {
    const session = await InferenceSession.create(model);
    const reference = (await session.run({ x: new Tensor("float32", data, dims) })).y!.data as Float32Array;
    const { y } = await runOnnxInChromium({ model, inputs: { x: { dims, data } }, executionProvider });
    expect(y).toHaveLength(2 * 4 * 4 * 4);
    expect(Math.max(...reference)).toBeGreaterThan(0.5);
    const differences = reference.map((value, index) => Math.abs(value - y![index]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });

  it("passes the session's complaint on", async () => {
    const inputs = { x: { dims: [1], data: new Float32Array(1) } };
    await expect(runOnnxInChromium({ model, inputs, executionProvider })).rejects.toThrow(/rank/i);
  });
});
