// In a real Chromium; WebGPU is SwiftShader where there is no GPU.
import { writeFile } from "node:fs/promises";
import { drawFlower, encodeJpeg, follow } from "@fleuron/testing";
import { expect, it } from "vitest";
// Of the built package: vitest rewrites the imports of functions that are sent to the page.
import { verifyBundle, writeBundle } from "../../../dist/node/index.js";
import { largerModel, temporaryFolder, training } from "../../fixtures/temporary-bundle.js";

it("runs ONNX models in Chromium too, with weights beside them, on WebAssembly and on WebGPU", async () => {
  await using lab = await temporaryFolder();
  const bundle = lab.path("bundle");
  const options = { precisions: ["float32", "int8"], folder: bundle } as const;
  const { result: written } = await follow(writeBundle({ model: largerModel(), training, ...options }));
  expect(written.manifest.models.map(({ files }) => files.length)).toEqual([2, 2]);
  const photos: { path: string }[] = [];
  for (let index = 0; index < 3; index++) {
    const path = lab.path(`${index}.jpg`);
    await writeFile(path, await encodeJpeg(drawFlower({ label: index, seed: index, width: 90, height: 80 })));
    photos.push({ path });
  }
  const { result } = await follow(verifyBundle({ bundle, photos, browser: true }));
  expect(result.passed).toBe(true);
  expect(result.checks.map(({ precision, runner, photos }) => [precision, runner, photos])).toEqual([
    ["float32", "onnxruntime-node", 3],
    ["float32", "chromium-wasm", 3],
    ["float32", "chromium-webgpu", expect.any(Number)],
    ["int8", "onnxruntime-node", 3],
    ["int8", "chromium-wasm", 3],
    ["int8", "chromium-webgpu", expect.any(Number)],
  ]);
  for (const { precision, maxDifference, photos } of result.checks) {
    expect(photos).toBeGreaterThan(0);
    expect(maxDifference).toBeLessThan(precision === "float32" ? 1e-5 : 0.5);
  }
});
