import { type BundleModel, type BundlePrecision, bundlePrecisions, type Manifest } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { chooseModel } from "./choose-model.js";

const modelOf = (format: BundleModel["format"], precision: BundlePrecision): BundleModel => ({
  format,
  precision,
  input: { name: "image", layout: format === "onnx" ? "NCHW" : "NHWC", shape: ["batch", 3, 8, 8] },
  output: { name: "probabilities" },
  files: [{ path: `${format}.${precision}`, bytes: 1, chunks: [] }],
});
const bundleOf = (...models: BundleModel[]) => ({ models }) as unknown as Manifest;
const onnx = (...precisions: BundlePrecision[]) =>
  bundleOf(...precisions.map((precision) => modelOf("onnx", precision)));
const chosen = (...args: Parameters<typeof chooseModel>) => chooseModel(...args).precision;

describe("without being told", () => {
  it.each(bundlePrecisions)("takes %s where there is no other", (precision) => {
    for (const hints of [{}, { deviceMemory: 2 }])
      expect(chosen(onnx(precision), "auto", "it", hints)).toBe(precision);
  });

  it("takes float16, else the most exact", () => {
    expect(chosen(onnx("float32", "float16", "int8", "int4"), "auto", "it", {})).toBe("float16");
    expect(chosen(onnx("int4", "int8", "float32"), "auto", "it", {})).toBe("float32");
    expect(chosen(onnx("int4", "int8"), "auto", "it", {})).toBe("int8");
  });

  it("takes the smallest that was measured to be as accurate as what was trained, to half a point", () => {
    const compressed = (trained: number | null, compact: number, float16?: number) =>
      ({
        training: { valAccuracy: trained },
        models: [
          { ...modelOf("onnx", "float16"), ...(float16 && { valAccuracy: float16 }) },
          modelOf("onnx", "int4"),
          { ...modelOf("onnx", "compact"), valAccuracy: compact },
        ],
      }) as unknown as Manifest;
    expect(chosen(compressed(0.82, 0.83), "auto", "it", {})).toBe("compact");
    expect(chosen(compressed(0.82, 0.816), "auto", "it", {})).toBe("compact");
    expect(chosen(compressed(0.82, 0.82, 0.82), "auto", "it", {})).toBe("compact");
    expect(chosen(compressed(0.82, 0.81), "auto", "it", {})).toBe("float16");
    expect(chosen(compressed(null, 0.9), "auto", "it", {})).toBe("float16");
    expect(chosen(compressed(0.82, 0.82), "float16", "it", {})).toBe("float16");
  });

  it.each([
    ["memory is small", { deviceMemory: 2 }],
    ["data is to be saved", { connection: { saveData: true } }],
  ])("takes the smallest where %s", (_, hints) => {
    expect(chosen(onnx("float32", "float16", "int8", "int4"), "auto", "it", hints)).toBe("int4");
    expect(chosen(onnx("float32", "float16"), "auto", "it", hints)).toBe("float16");
  });
});

it("takes what it is told", () => {
  expect(chosen(onnx("float32", "int8"), "int8", "it", {})).toBe("int8");
});

it("leaves models for TensorFlow.js aside", () => {
  const both = bundleOf(modelOf("tfjs-graph", "float16"), modelOf("onnx", "float32"));
  expect(chosen(both, "auto", "it", {})).toBe("float32");
});

it("says what the bundle has instead", () => {
  expect(() => chooseModel(onnx("float32", "int8"), "int4", "/flowers/fleuron.json", {})).toThrow(
    expect.objectContaining({
      code: "model-missing",
      message: "/flowers/fleuron.json has no ONNX model in int4; it has float32, int8.",
    }),
  );
  const without = bundleOf(modelOf("tfjs-graph", "float32"));
  expect(() => chooseModel(without, "auto", "/flowers/fleuron.json", {})).toThrow("has no ONNX model.");
});
