// In a real Chromium; WebGPU is SwiftShader where there is no GPU.
import { writeFile } from "node:fs/promises";
import { drawFlower, encodeJpeg, follow } from "@fleuron/testing";
import { expect, it } from "vitest";
// The built package is tested: the browser loads a file of it.
import { verifyBundle, writeBundle } from "../../../dist/node/index.js";
import { largerModel, temporaryFolder, training } from "../../fixtures/temporary-bundle.js";

it("runs ONNX models in Chromium too, also those of bytes with weights beside them, on WebAssembly and on WebGPU", async () => {
  await using lab = await temporaryFolder();
  const bundle = lab.path("bundle");
  const writing = writeBundle({ model: largerModel(), training, folder: bundle, input: "bytes" });
  const { result: written } = await follow(writing);
  expect(written.manifest.models.map(({ files }) => files.length)).toEqual([2]);
  const photos: { path: string }[] = [];
  for (let index = 0; index < 3; index++) {
    const path = lab.path(`${index}.jpg`);
    await writeFile(path, await encodeJpeg(drawFlower({ label: index, seed: index, width: 90, height: 80 })));
    photos.push({ path });
  }
  const { result } = await follow(verifyBundle({ bundle, photos, browser: true }));
  expect(result.passed).toBe(true);
  expect(result.checks.map(({ runner, photos }) => [runner, photos])).toEqual([
    // Without the run, the model on onnxruntime-node is the reference, and nothing is compared with itself.
    ["chromium-wasm", 3],
    ["chromium-webgpu", expect.any(Number)],
  ]);
  for (const { maxDifference, photos } of result.checks) {
    expect(photos).toBeGreaterThan(0);
    expect(maxDifference).toBeLessThan(1e-5);
  }
});
