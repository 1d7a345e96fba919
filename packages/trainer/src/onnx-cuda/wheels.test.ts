import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { LIBRARIES } from "./load.js";
import { cudaWheels, providerWheel } from "./wheels.js";

const wheels = [providerWheel, ...Object.values(cudaWheels)];

it("have the provider of the onnxruntime-node that is copied", () => {
  const { version } = createRequire(import.meta.url)("onnxruntime-node/package.json") as { version: string };
  expect(providerWheel.version).toBe(version);
});

it("are locked by length and hash", () => {
  for (const { file } of wheels) {
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(file.urls).toEqual([expect.stringMatching(/\/packages\/..\/..\/[0-9a-f]{60}\/[\w.-]+\.whl$/)]);
  }
  expect(new Set(wheels.map(({ file }) => file.sha256)).size).toBe(wheels.length);
  const bytes = wheels.reduce((sum, { file }) => sum + file.bytes!, 0);
  expect((bytes / 1e9).toFixed(2), "as docs/engines.md has it").toBe("1.35");
});

it("bring each library that is loaded before the provider", () => {
  const parts = LIBRARIES.map((library) => library.split("/")[0]!);
  expect([...new Set(parts)].sort()).toEqual(Object.keys(cudaWheels).sort());
});
