import { describe, expect, it } from "vitest";
import { FleuronError } from "../errors.js";
import type { BundleModel } from "../manifest/index.js";
import { notebookPreprocessing } from "../preprocessing/index.js";
import { randomStream } from "../random/index.js";
import {
  external,
  type Field,
  message,
  metadata,
  nested,
  tensor,
  withInitializer,
} from "./fixtures/onnx-bytes.js";
import { checkOnnx, checkProbabilities, checkSignature, type DescribedModel } from "./index.js";

const model: BundleModel = {
  format: "onnx",
  precision: "float32",
  input: { name: "image", layout: "NCHW", shape: ["batch", 3, 227, 227] },
  output: { name: "probabilities" },
  files: [
    { path: "onnx/model.onnx", bytes: 1, chunks: [] },
    { path: "onnx/model.onnx.data", bytes: 1, chunks: [] },
  ],
};
const described: DescribedModel = {
  manifest: {
    labels: ["daisy", "roses"],
    preprocessing: notebookPreprocessing,
    output: { kind: "probabilities", temperature: 1 },
  },
  model,
  subject: "b/onnx/model.onnx",
};
const codeAnd = (code: string, message: string) => expect.objectContaining({ code, message });

describe("an ONNX file", () => {
  const check = (file: Uint8Array, data?: Uint8Array) => () =>
    checkOnnx(data ? [file, data] : [file], described);
  const floats = (...values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer);
  const halves = (...values: readonly number[]) => new Uint8Array(Uint16Array.from(values).buffer);

  it("with the manifest's labels, preprocessing and temperature is taken, in whatever order its entries are", () => {
    const { scale, size, ...rest } = notebookPreprocessing;
    const file = message(
      metadata("labels", '["daisy", "roses"]'),
      metadata("temperature", "1"),
      metadata("producer", "somebody"),
    );
    expect(check(file)).not.toThrow();
    const preprocessing = JSON.stringify({ size, ...rest, scale });
    expect(check(message(metadata("preprocessing", preprocessing)))).not.toThrow();
  });

  it.each([
    ["labels", '["roses","daisy"]'],
    ["labels", '["daisy"]'],
    ["labels", "daisy, roses"],
    ["temperature", "2"],
    ["preprocessing", "{}"],
  ])("with other %s is refused: %s", (key, value) => {
    expect(check(message(metadata(key, value)))).toThrow(
      codeAnd("manifest-invalid", `b/onnx/model.onnx disagrees with the bundle's manifest about the ${key}.`),
    );
  });

  it("may take values from files that the manifest lists", () => {
    expect(check(withInitializer(external({ location: "model.onnx.data" })))).not.toThrow();
  });

  it.each(["other.data", "../model.onnx.data", "/etc/hostname", "onnx/model.onnx.data", ""])(
    "that takes values from elsewhere is refused: '%s'",
    (location) => {
      expect(check(withInitializer(external({ location })))).toThrow(
        codeAnd(
          "bundle-damaged",
          `b/onnx/model.onnx takes values from "${location}", which the bundle's manifest does not list.`,
        ),
      );
    },
  );

  const elsewhere = external({ location: "other.data" });
  it.each<[string, Field]>([
    ["an initializer", [7, [[5, elsewhere]]]],
    ["a sparse initializer's values", [7, [[15, [[1, elsewhere]]]]]],
    ["a sparse initializer's indices", [7, [[15, [[2, elsewhere]]]]]],
    ["a node's attribute", [7, [[1, [[5, [[5, elsewhere]]]]]]]],
    ["a node's list of tensors", [7, [[1, [[5, [[10, elsewhere]]]]]]]],
    ["a branch of a node", [7, [[1, [[5, [[6, [[5, elsewhere]]]]]]]]]],
    ["a function", [25, [[7, [[5, [[5, elsewhere]]]]]]]],
    ["a graph for training", [20, [[1, [[5, elsewhere]]]]]],
  ])("may not take values from elsewhere in %s", (_, field) => {
    expect(check(message(field))).toThrow(expect.objectContaining({ code: "bundle-damaged" }));
  });

  it.each([
    ["NaN in float32", floats(1, Number.NaN), 1],
    ["infinity in float32", floats(1, Number.NEGATIVE_INFINITY), 1],
    ["NaN in float16", halves(0x3c00, 0x7e00), 10],
    ["infinity in float16", halves(0xfc00), 10],
    ["NaN in bfloat16", halves(0x7fc0), 16],
    ["NaN in float64", new Uint8Array(Float64Array.of(Number.NaN).buffer), 11],
  ])("with weights that are no numbers is refused: %s", (_, bytes, type) => {
    const error = codeAnd("model-unusable", "b/onnx/model.onnx has weights that are not numbers.");
    expect(check(withInitializer(tensor(bytes, type)))).toThrow(error);
    const beside = withInitializer(external({ location: "model.onnx.data", offset: "8" }, type));
    expect(check(beside, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, ...bytes))).toThrow(error);
    expect(check(beside, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0))).not.toThrow();
  });

  it("may hold the largest numbers of a type, and integers of any bits", () => {
    expect(check(withInitializer(tensor(floats(3.4028234e38, -3.4028234e38, 1e-45))))).not.toThrow();
    expect(check(withInitializer(tensor(halves(0x7bff, 0xfbff), 10)))).not.toThrow();
    expect(check(withInitializer(tensor(Uint8Array.of(255, 255, 255, 255), 3)))).not.toThrow();
  });

  it("that is none is refused as such", () => {
    for (const bytes of [Uint8Array.of(0), Uint8Array.of(0x3a, 0x7f), new TextEncoder().encode("<html>")]) {
      expect(check(bytes)).toThrow(codeAnd("model-unusable", "b/onnx/model.onnx is not an ONNX file."));
    }
  });

  it("of any bytes is taken or refused, and nothing else happens", () => {
    const good = withInitializer(external({ location: "other.data" }), metadata("labels", '["daisy"]'));
    const seed = 5;
    for (let trial = 0; trial < 3000; trial++) {
      const random = randomStream(seed, "augment", 0, trial);
      const bytes = good.slice(0, 1 + random.integer(good.length));
      for (let changes = random.integer(4); changes > 0; changes--) {
        bytes[random.integer(bytes.length)] = random.integer(256);
      }
      try {
        check(bytes)();
      } catch (error) {
        expect(error, `seed ${seed}, trial ${trial}`).toBeInstanceOf(FleuronError);
      }
    }
  });

  it("nested deeper than a stack is high is read to its end", () => {
    const branches = Array.from({ length: 20_000 }, () => [6, 5, 1]).flat();
    const file = nested(message([5, external({ location: "other.data" })]), [...branches, 7]);
    expect(check(file)).toThrow(expect.objectContaining({ code: "bundle-damaged" }));
  });
});

describe("a model as it was opened", () => {
  const image = { name: "image", type: "float32", shape: ["batch", 3, 227, 227] };
  const probabilities = { name: "probabilities", type: "float32", shape: ["batch", 2] };
  const check =
    (input: object = {}, output: object = {}) =>
    () =>
      checkSignature(
        { inputMetadata: [{ ...image, ...input }], outputMetadata: [{ ...probabilities, ...output }] },
        described,
      );

  it("takes and gives what the manifest says, or says less itself", () => {
    expect(check()).not.toThrow();
    expect(check({ shape: [-1, 3, "height", "width"] }, { shape: [] })).not.toThrow();
  });

  it("that takes bytes takes uint8, and nothing else", () => {
    const input: BundleModel["input"] = {
      name: "pixels",
      layout: "NHWC",
      shape: ["batch", 227, 227, 3],
      type: "uint8",
    };
    const ofBytes = { ...described, model: { ...model, input } };
    const opened = (type: string) => ({
      inputMetadata: [{ ...input, type }],
      outputMetadata: [probabilities],
    });
    expect(() => checkSignature(opened("uint8"), ofBytes)).not.toThrow();
    expect(() => checkSignature(opened("float32"), ofBytes)).toThrow(
      "is float32 [batch, 227, 227, 3], not uint8",
    );
  });

  it.each([
    [{ name: "picture" }, {}, "it has no input 'image', only 'picture'"],
    [{ type: "uint8" }, {}, "its input 'image' is uint8 [batch, 3, 227, 227], not float32"],
    [{ type: undefined, shape: undefined }, {}, "its input 'image' is no tensor"],
    [{ shape: ["batch", 227, 227, 3] }, {}, "[batch, 227, 227, 3], not float32 [batch, 3, 227, 227]"],
    [{ shape: [1, 3, 227, 227] }, {}, "[1, 3, 227, 227], not float32 [batch, 3, 227, 227]"],
    [{ shape: ["batch", 3] }, {}, "[batch, 3], not float32"],
    [{}, { name: "logits" }, "it has no output 'probabilities', only 'logits'"],
    [{}, { shape: ["batch", 5] }, "[batch, 5], not float32 [batch, 2]"],
    [{}, { type: "int64" }, "its output 'probabilities' is int64"],
  ])("is refused where it differs: %j %j", (input, output, message) => {
    expect(check(input, output)).toThrow(
      expect.objectContaining({
        code: "manifest-invalid",
        subject: "b/onnx/model.onnx",
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe("probabilities", () => {
  const check =
    (photos: number, ...values: readonly number[]) =>
    () =>
      checkProbabilities(Float32Array.from(values), photos, described);

  it("are one for each label of each photo, of a sum of 1 but for rounding", () => {
    expect(check(2, 0.25, 0.75, 1, 0)).not.toThrow();
    expect(check(1, 0.3333333, 0.6666666)).not.toThrow();
    expect(check(0)).not.toThrow();
  });

  it.each([
    [2, [0.5, 0.5], "gave 2 numbers instead of 2 × 2 (photos × labels)"],
    [1, [0.5, 0.2, 0.3], "gave 3 numbers instead of 1 × 2 (photos × labels)"],
    [1, [Number.NaN, Number.NaN], "gave values that are not probabilities: NaN, NaN"],
    [2, [0.5, 0.5, 0.5, Number.NaN], "gave values that are not probabilities: 0.5, NaN"],
    [1, [Number.POSITIVE_INFINITY, 0], "gave values that are not probabilities: Infinity, 0"],
    [1, [2, -1], "gave values that are not probabilities: 2, -1"],
    [1, [3, 7], "gave values that are not probabilities: 3, 7"],
  ])("of %i photos are not %j", (photos, values, message) => {
    expect(check(photos, ...values)).toThrow(codeAnd("model-unusable", `b/onnx/model.onnx ${message}.`));
  });
});
