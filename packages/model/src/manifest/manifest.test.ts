import { describe, expect, it } from "vitest";
import { notebookPreprocessing } from "../preprocessing/index.js";
import { encodeManifest, type Manifest, parseManifest } from "./index.js";

const hash = "0123456789abcdef".repeat(4);

const manifest: Manifest = {
  formatVersion: 1,
  labels: ["daisy", "roses"],
  preprocessing: notebookPreprocessing,
  output: { kind: "probabilities", temperature: 1 },
  models: [
    {
      format: "onnx",
      precision: "float32",
      input: { name: "image", layout: "NCHW", shape: ["batch", 3, 227, 227] },
      output: { name: "probabilities" },
      files: [
        { path: "model.onnx", bytes: 10, chunks: [hash] },
        { path: "model.onnx.data", bytes: 4 * 2 ** 20 + 1, chunks: [hash, hash] },
      ],
    },
  ],
  training: {
    run: "modern-1",
    checkpoint: "best",
    weights: hash,
    network: { name: "alexnet", parameters: 12 },
    recipe: "modern",
    epochs: 3,
    dataset: { name: "folder", trainCount: 8, valCount: 2 },
    valAccuracy: 0.5,
    trained: "2026-11-25T15:00:00.000Z",
  },
};

it("reads what it wrote", () => {
  expect(parseManifest(encodeManifest(manifest), "fleuron.json")).toEqual(manifest);
});

describe("a manifest that is not valid", () => {
  const [model] = manifest.models;
  const withFiles = (...files: readonly unknown[]) => ({ models: [{ ...model, files }] });
  const file = { path: "model.onnx", bytes: 10, chunks: [hash] };

  it.each([
    ["a label twice", { labels: ["daisy", "daisy"] }, "'labels': a label occurs twice"],
    ["no models", { models: [] }, "'models'"],
    ["the same model twice", { models: [model, model] }, "occurs twice"],
    ["a file twice", withFiles(file, file), "a file belongs to two models"],
    ["a path above the bundle", withFiles({ ...file, path: "../model.onnx" }), "lead into the bundle"],
    ["an absolute path", withFiles({ ...file, path: "/model.onnx" }), "lead into the bundle"],
    ["a hidden step upwards", withFiles({ ...file, path: "a/../../b" }), "lead into the bundle"],
    ["an address", withFiles({ ...file, path: "https://example.com/model" }), "lead into the bundle"],
    ["a missing hash", withFiles({ ...file, bytes: 2 ** 23 }), "one SHA-256 for each 4 MiB"],
    ["a temperature of 0", { output: { kind: "probabilities", temperature: 0 } }, "'output.temperature'"],
    ["an unknown entry", { colour: "green" }, "'colour'"],
  ])("names the fault: %s", (_, change, message) => {
    expect(() => parseManifest(JSON.stringify({ ...manifest, ...change }), "b/fleuron.json")).toThrow(
      expect.objectContaining({
        code: "manifest-invalid",
        subject: "b/fleuron.json",
        message: expect.stringContaining(message),
      }),
    );
  });

  it("says when it comes from a newer version", () => {
    const newer = JSON.stringify({ ...manifest, formatVersion: 2 });
    expect(() => parseManifest(newer, "fleuron.json")).toThrow(
      expect.objectContaining({ code: "manifest-newer", hint: "Update Fleuron." }),
    );
  });

  it("says when it is not JSON", () => {
    expect(() => parseManifest("<!doctype html>", "fleuron.json")).toThrow("it is not JSON");
  });
});
