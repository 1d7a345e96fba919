import { alexnet } from "@fleuron/model";
import { tinyNetwork } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { madeUpModel } from "../../fixtures/made-up-model.js";
import { drawnImages, runOnnx } from "../../fixtures/run-onnx.js";
import { runTfjsInChromium } from "../../fixtures/run-tfjs-in-chromium.js";
import { onnxFormat } from "../onnx/index.js";
import { tfjsGraphFormat } from "./tfjs-graph-format.js";

const backends = ["cpu", "wasm", "webgl", "webgpu"] as const;
const models = [
  ["a tiny network", madeUpModel(tinyNetwork(), { temperature: 1.7 }), 3],
  ["a small AlexNet", madeUpModel(alexnet({ classes: 5, width: 0.125, imageSize: 67 })), 1],
] as const;

describe.each(models)("a graph model of %s in Chromium", (_, model, size) => {
  const images = drawnImages(model.network, size);

  it("gives ONNX's probabilities on every backend", async () => {
    const expected = await runOnnx(await onnxFormat.encode(model, "float32"), images);
    const encoded = await tfjsGraphFormat.encode(model, "float32");
    const results = await runTfjsInChromium(encoded, images, backends);
    expect([...results.keys()]).toEqual(backends);
    for (const [backend, probabilities] of results) {
      expect(probabilities.length, backend).toBe(expected.length);
      const differences = probabilities.map((value, index) => Math.abs(value - expected[index]!));
      expect(Math.max(...differences), backend).toBeLessThan(1e-5);
    }
  });

  it.each(["float16", "int8"] as const)("loads at %s, and all backends agree", async (precision) => {
    const results = await runTfjsInChromium(await tfjsGraphFormat.encode(model, precision), images, backends);
    const [first, ...rest] = [...results.values()];
    for (const other of rest) {
      const differences = other.map((value, index) => Math.abs(value - first![index]!));
      expect(Math.max(...differences)).toBeLessThan(1e-5);
    }
  });
});
