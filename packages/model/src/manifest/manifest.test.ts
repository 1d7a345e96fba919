import { describe, expect, it } from "vitest";
import { FleuronError } from "../errors.js";
import { notebookPreprocessing } from "../preprocessing/index.js";
import {
  checkedManifest,
  encodeManifest,
  formatVersionOf,
  type Manifest,
  parseManifest,
  weightsOf,
} from "./index.js";

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

const { training, ...untrained } = manifest;

/** The manifest of a network that was trained elsewhere, with every entry of version 2. */
const imported: Manifest = {
  ...untrained,
  formatVersion: 2,
  preprocessing: {
    ...notebookPreprocessing,
    size: [48, 192],
    resize: { fit: "pad", filter: "triangle", position: "top-left", padding: [127.5, 0, 255] },
    channelOrder: "bgr",
  },
  models: manifest.models.map((model) => ({
    ...model,
    input: { name: "image", layout: "NCHW", shape: ["batch", 3, 48, 192] },
  })),
  source: { file: "text-direction.onnx", sha256: hash, weights: hash.replace("0", "f") },
};

/** Models that say what they give for a picture, as of version 3. */
const measured = manifest.models.map((model) => ({ ...model, valAccuracy: 0.8 }));

const sampled = manifest.models.map((model) => ({
  ...model,
  sample: { seed: 1, predictions: [{ label: "roses", probability: 0.75 }] },
}));

/** The manifest of a model that takes bytes. */
const ofBytes: Manifest = {
  ...manifest,
  formatVersion: 3,
  models: manifest.models.map((model) => ({
    ...model,
    input: { name: "pixels", layout: "NHWC", shape: ["batch", 227, 227, 3], type: "uint8" },
  })),
};

/** Every value of a manifest by another one, one at a time, and left out. */
function* mutations(value: unknown): Generator<unknown, void> {
  const others = [null, true, -1, 0, 0.5, 1e300, 1e12, "", "../x", "\u202e", [], [value], {}, undefined];
  yield* others;
  for (const [key, entry] of Object.entries(Object(value) === value ? (value as object) : {})) {
    for (const mutated of mutations(entry)) {
      if (Array.isArray(value)) yield value.with(Number(key), mutated);
      else yield { ...(value as object), [key]: mutated };
    }
  }
}

it.each([
  ["version 1", manifest],
  ["version 2", imported],
  ["version 3", { ...manifest, formatVersion: 3, models: sampled } as Manifest],
  ["version 3", ofBytes],
])("takes what it can feed a model by, or refuses it as a FleuronError: %s", (_, manifest) => {
  let trials = 0;
  for (const mutated of mutations(manifest)) {
    trials += 1;
    const text = JSON.stringify(mutated) ?? "";
    try {
      const { preprocessing, models, training, source } = parseManifest(text, "fleuron.json");
      const { size, scale, mean, std } = preprocessing;
      const [height, width] = typeof size === "number" ? [size, size] : size;
      expect([training, source].filter(Boolean), text).toHaveLength(1);
      for (const { input } of models) {
        const sides = input.layout === "NCHW" ? [3, height, width] : [height, width, 3];
        expect(input.shape, text).toEqual(["batch", ...sides]);
        expect(Number.isFinite(Math.fround((255 * scale - mean[0]) / std[0])), text).toBe(true);
      }
    } catch (error) {
      expect(error, text).toBeInstanceOf(FleuronError);
    }
  }
  expect(trials).toBeGreaterThan(500);
});

it("reads what it wrote", () => {
  expect(parseManifest(encodeManifest(manifest), "fleuron.json")).toEqual(manifest);
  expect(parseManifest(encodeManifest(imported), "fleuron.json")).toEqual(imported);
  expect(parseManifest(encodeManifest(ofBytes), "fleuron.json")).toEqual(ofBytes);
});

it("has the oldest version that has its entries, for readers of that version", () => {
  expect(formatVersionOf(manifest)).toBe(1);
  expect(formatVersionOf(ofBytes)).toBe(3);
  expect(formatVersionOf({ ...manifest, source: imported.source! })).toBe(2);
  for (const entry of ["size", "resize", "channelOrder"] as const) {
    const preprocessing = { ...notebookPreprocessing, [entry]: imported.preprocessing[entry] };
    expect(formatVersionOf({ ...manifest, preprocessing }), entry).toBe(2);
  }
  const cropped = { fit: "squash", filter: "triangle", resizeTo: 256 } as const;
  const preprocessing = { ...notebookPreprocessing, resize: cropped };
  expect(formatVersionOf({ ...manifest, preprocessing })).toBe(2);
  expect(formatVersionOf({ ...manifest, models: sampled })).toBe(3);
  expect(formatVersionOf({ ...manifest, models: measured })).toBe(3);
  expect(formatVersionOf({ ...imported, output: { ...manifest.output, rejectBelow: 0.5 } })).toBe(3);
});

it.each([
  { training: undefined, source: imported.source },
  { preprocessing: { ...notebookPreprocessing, channelOrder: "bgr" } },
  { preprocessing: { ...notebookPreprocessing, size: [227, 227] } },
  { preprocessing: { ...notebookPreprocessing, resize: imported.preprocessing.resize } },
  { models: sampled },
  { models: measured },
  { output: { ...manifest.output, rejectBelow: 0.5 } },
])("is not written as version 1 with %j, which readers of it refuse", (change) => {
  const needed = formatVersionOf({ ...manifest, ...change } as Manifest);
  expect(() => encodeManifest({ ...manifest, ...change } as Manifest)).toThrow(
    `The manifest is not a bundle's manifest: 'formatVersion' is 1, and it has entries of version ${needed}.`,
  );
  expect(() => encodeManifest({ ...manifest, ...change, formatVersion: needed } as Manifest)).not.toThrow();
});

it("is not written as version 2 with a model that takes bytes", () => {
  expect(() => encodeManifest({ ...ofBytes, formatVersion: 2 })).toThrow(
    "'formatVersion' is 2, and it has entries of version 3.",
  );
});

it("has the weights of the training, or of the source", () => {
  expect(weightsOf(manifest)).toBe(training!.weights);
  expect(weightsOf(imported)).toBe(imported.source!.weights);
});

it("names the fault without words about it, unless it is given them", () => {
  const text = JSON.stringify({ ...manifest, models: [] });
  expect(() => parseManifest(text, "fleuron.json")).toThrow(
    "fleuron.json is not a bundle's manifest: 'models': invalid.",
  );
});

describe("a manifest that is not valid", () => {
  const model = manifest.models[0]!;
  const withFiles = (...files: readonly unknown[]) => ({ models: [{ ...model, files }] });
  const file = { path: "model.onnx", bytes: 10, chunks: [hash] };
  const withInput = (change: object) => ({ models: [{ ...model, input: { ...model.input, ...change } }] });
  const nhwc = { layout: "NHWC", shape: ["batch", 227, 227, 3] };
  const withPreprocessing = (change: object) => ({ preprocessing: { ...notebookPreprocessing, ...change } });
  const cover = { fit: "cover", filter: "nearest" };
  const pad = { fit: "pad", filter: "triangle", position: "centre" };
  const rose = { label: "roses", probability: 0.25 };
  const withTraining = (change: object) => ({ training: { ...manifest.training, ...change } });

  it.each([
    ["a label twice", { labels: ["daisy", "daisy"] }, "'labels': a label occurs twice"],
    ["no models", { models: [] }, "'models' must be a list of at least 1 entry, but is []"],
    ["the same model twice", { models: [model, model] }, "occurs twice"],
    ["a file twice", withFiles(file, file), "a file belongs to two models"],
    [
      "a path above the bundle",
      withFiles({ ...file, path: "../model.onnx" }),
      "must be a relative path into the bundle, but is '../model.onnx'",
    ],
    [
      "an absolute path",
      withFiles({ ...file, path: "/model.onnx" }),
      "must be a relative path into the bundle, but is '/model.onnx'",
    ],
    [
      "a hidden step upwards",
      withFiles({ ...file, path: "a/../../b" }),
      "must be a relative path into the bundle, but is 'a/../../b'",
    ],
    [
      "an address",
      withFiles({ ...file, path: "https://example.com/model" }),
      "must be a relative path into the bundle, but is 'https://example.com/model'",
    ],
    ["a missing hash", withFiles({ ...file, bytes: 2 ** 23 }), "one SHA-256 for each 4 MiB"],
    [
      "a temperature of 0",
      { output: { kind: "probabilities", temperature: 0 } },
      "'output.temperature' must be above 0, but is 0",
    ],
    [
      "a threshold that no photo passes",
      { output: { kind: "probabilities", temperature: 1, rejectBelow: 1.5 } },
      "'output.rejectBelow' must be at most 1, but is 1.5",
    ],
    ["an unknown entry", { colour: "green" }, "'colour' is unknown"],
    [
      "rows beyond any memory",
      withInput({ shape: ["batch", 3, 1e12, 1e12] }),
      "'models.0.input.shape.2' must be at most 16384, but is 1000000000000",
    ],
    [
      "a shape without a size",
      withInput({ shape: ["batch", 3, 227] }),
      "'models.0.input.shape.3' is missing",
    ],
    [
      "a shape of five",
      withInput({ shape: ["batch", 3, 227, 227, 1] }),
      "'models.0.input.shape.4' is unknown",
    ],
    ["four means", withPreprocessing({ mean: [0, 0, 0, 0] }), "'preprocessing.mean.3' is unknown"],
    ["an input of another size", withInput({ shape: ["batch", 3, 67, 67] }), "not that of 'preprocessing'"],
    ["a grey input", withInput({ shape: ["batch", 1, 227, 227] }), "not that of 'preprocessing'"],
    ["an ONNX model in NHWC", withInput(nhwc), "the layout of 'onnx' is NCHW, or NHWC of uint8"],
    [
      "a graph model in NCHW",
      { models: [{ ...model, format: "tfjs-graph" }] },
      "that of 'tfjs-graph' NHWC of",
    ],
    [
      "a graph model of bytes",
      { models: [{ ...ofBytes.models[0], format: "tfjs-graph" }] },
      "NHWC of float32",
    ],
    [
      "files in two folders",
      withFiles({ ...file, path: "onnx/model.onnx" }, file),
      "the folder of the first",
    ],
    ["a deviation near 0", withPreprocessing({ std: [1, 1e-320, 1] }), "float32 cannot hold"],
    ["a scale without end", withPreprocessing({ scale: 1e308 }), "float32 cannot hold"],
    ["a mean without end", withPreprocessing({ mean: [0, 0, 1e39] }), "float32 cannot hold"],
    [
      "a crop of nothing",
      withPreprocessing({ resize: { ...cover, resizeTo: 1e12 } }),
      "'preprocessing.resize.resizeTo'",
    ],
    [
      "a sample of a label that it does not have",
      { formatVersion: 3, labels: ["daisy", "tulips"], models: sampled },
      "a 'sample' in 'models' predicts what is none of 'labels'",
    ],
    [
      "a sample with a label twice",
      { formatVersion: 3, models: [{ ...model, sample: { seed: 1, predictions: [rose, rose] } }] },
      "a 'sample' in 'models' has a label twice",
    ],
    [
      "a file at the manifest's path",
      withFiles({ ...file, path: "fleuron.json" }),
      "has the manifest's path",
    ],
    [
      "two forms of a coding",
      withFiles({ ...file, compressed: ["a.br", "b.br"].map((path) => ({ ...file, coding: "br", path })) }),
      "two forms of one 'coding'",
    ],
    [
      "a padding that is no level, for a model of bytes",
      {
        ...{ formatVersion: 3, models: ofBytes.models },
        ...withPreprocessing({ resize: { ...pad, padding: [0, 127.5, 0] } }),
      },
      "a model of bytes has no 'padding' with fractions",
    ],
    ["no origin of the weights", { training: undefined }, "it needs 'training' or 'source', and not both"],
    [
      "two origins of the weights",
      { formatVersion: 2, source: imported.source },
      "it needs 'training' or 'source', and not both",
    ],
    [
      "height and width in the wrong order",
      {
        ...{ formatVersion: 2, models: imported.models },
        ...withPreprocessing({ ...imported.preprocessing, size: [192, 48] }),
      },
      "not that of 'preprocessing'",
    ],
    [
      "a month too many",
      withTraining({ trained: "2026-13-01T00:00:00Z" }),
      "'training.trained': not a time in UTC",
    ],
  ])("names the fault: %s", (_, change, message) => {
    expect(() =>
      parseManifest(JSON.stringify({ ...manifest, ...change }), "b/fleuron.json", checkedManifest),
    ).toThrow(
      expect.objectContaining({
        code: "manifest-invalid",
        subject: "b/fleuron.json",
        message: expect.stringContaining(message),
      }),
    );
  });

  it("says when it comes from a newer version", () => {
    const newer = JSON.stringify({ ...manifest, formatVersion: 4 });
    expect(() => parseManifest(newer, "fleuron.json")).toThrow(
      expect.objectContaining({ code: "manifest-newer", hint: "Update Fleuron." }),
    );
  });

  it("says when it is not JSON", () => {
    expect(() => parseManifest("<!doctype html>", "fleuron.json")).toThrow("it is not JSON");
  });
});
