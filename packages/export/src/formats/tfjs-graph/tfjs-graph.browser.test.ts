import { alexnet } from "@fleuron/model";
import { tinyNetwork } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { madeUpModel } from "../../fixtures/made-up-model.js";
import { drawnImages, runOnnx } from "../../fixtures/run-onnx.js";
import { openTfjsInChromium, type TfjsInChromium } from "../../fixtures/run-tfjs-in-chromium.js";
import { onnxFormat } from "../onnx/index.js";
import { tfjsGraphFormat } from "./tfjs-graph-format.js";

const backends = ["cpu", "wasm", "webgl", "webgpu"] as const;
const alexnetModel = madeUpModel(alexnet({ classes: 5, width: 0.125, imageSize: 67 }));
const models = [
  ["a tiny network", madeUpModel(tinyNetwork(), { temperature: 1.7 }), 3],
  ["a small AlexNet", alexnetModel, 1],
] as const;

describe("a graph model in Chromium", () => {
  let chromium: TfjsInChromium;
  beforeAll(async () => {
    chromium = await openTfjsInChromium();
  });
  afterAll(() => chromium[Symbol.asyncDispose]());

  it.each(models)("of %s gives ONNX's probabilities on every backend", async (_, model, size) => {
    const images = drawnImages(model.network, size);
    const expected = await runOnnx(await onnxFormat.encode(model, "float32"), images);
    const encoded = await tfjsGraphFormat.encode(model, "float32");
    const results = await chromium.run(encoded, images, backends);
    expect([...results.keys()]).toEqual(backends);
    for (const [backend, probabilities] of results) {
      expect(probabilities.length, backend).toBe(expected.length);
      const differences = probabilities.map((value, index) => Math.abs(value - expected[index]!));
      expect(Math.max(...differences), backend).toBeLessThan(1e-5);
    }
  });

  // Its kernels are of every size that a precision treats in its own way; the tiny network's are all small.
  it.each(["float16", "int8"] as const)("loads at %s, and all backends agree", async (precision) => {
    const encoded = await tfjsGraphFormat.encode(alexnetModel, precision);
    const images = drawnImages(alexnetModel.network, 1);
    const [first, ...rest] = [...(await chromium.run(encoded, images, backends)).values()];
    expect(rest).toHaveLength(backends.length - 1);
    for (const other of rest) {
      const differences = other.map((value, index) => Math.abs(value - first![index]!));
      expect(Math.max(...differences)).toBeLessThan(1e-5);
    }
  });
});
