import { describe, expect, it } from "vitest";
import { check } from "../fixtures/fake-bundles.js";
import { colours } from "../terminal/colours.js";
import { verificationLines } from "./verification.js";

const report = {
  bundle: "bundle",
  reference: "trainer",
  photos: 736,
  accuracy: 0.893,
  largestClass: { label: "tulips", share: 0.245 },
  source: "validation",
  part: null,
  learntFrom: 0,
  passed: true,
  checks: [check(), check({ format: "tfjs-graph", precision: "int8", runner: "tfjs-wasm", photos: 64 })],
} as const;

const lines = (width: number, change: Partial<Parameters<typeof verificationLines>[0]> = {}) =>
  verificationLines({ ...report, ...change }, { colours: colours(false), width });

describe("the comparison of a bundle", () => {
  it("tells what was compared with what, and on what", () => {
    expect(lines(120)[0]).toBe(
      "Compared with the trained weights, on 736 validation photos (accuracy 89.3%)",
    );
    expect(lines(120)[1]).toBe("always naming tulips would give 24.5%");
    const drawn = { source: "drawn", accuracy: null, largestClass: null } as const;
    expect(lines(120, drawn).slice(0, 2)).toEqual([
      "Compared with the trained weights, on 736 drawn pictures",
      "",
    ]);
  });

  it("has the same columns in a narrow terminal as far as they fit, differences and names first", () => {
    expect(lines(130)[3]).toBe(
      "model            ran on            photos  max |Δp|  mean |Δp|  same top-1  accuracy  reference's      size  a photo",
    );
    expect(lines(80)[3]).toBe("model            max |Δp|  same top-1  accuracy      size");
    for (const width of [130, 110, 100, 90, 80, 60]) {
      for (const line of lines(width).slice(3, 6)) expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  it("says where a slow one got fewer photos", () => {
    expect(lines(120)).toContain("Slow runners got a sample of the photos.");
    expect(lines(120, { checks: [check()] }).join("\n")).not.toContain("fewer photos");
  });

  it("claims nothing of what was trained where the bundle was compared with itself", () => {
    const text = lines(120, { reference: "onnx float32 on onnxruntime-node" }).join("\n");
    expect(text).toContain("Compared with the reference, onnx float32 on onnxruntime-node, on 736");
    expect(text).toContain("float32 matches the reference");
    expect(text).toContain("The trained weights were not compared.");
    expect(text).not.toContain("computes what was trained");
  });

  it("claims nothing of float32 where there was none", () => {
    const text = lines(120, { checks: [check({ precision: "int4", maxDifference: 0.02 })] }).join("\n");
    expect(text).toContain("These storage precisions round the weights");
    expect(text).not.toContain("computes what was trained");
  });
});
