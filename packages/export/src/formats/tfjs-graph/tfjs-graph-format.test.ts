import "@tensorflow/tfjs-backend-cpu";
import { tinyNetwork } from "@fleuron/testing";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { madeUpModel } from "../../fixtures/made-up-model.js";
import { drawnImages, runOnnx } from "../../fixtures/run-onnx.js";
import { runTfjsGraph } from "../../fixtures/run-tfjs-graph.js";
import { onnxFormat } from "../onnx/index.js";
import { tfjsGraphFormat } from "./tfjs-graph-format.js";

const tiny = madeUpModel(tinyNetwork(), { temperature: 1.7 });

describe.each(["cpu", "wasm"])("on tfjs's backend %s", (backend) => {
  it("gives ONNX's probabilities", async () => {
    await tf.setBackend(backend);
    expect(tf.getBackend()).toBe(backend);
    const images = drawnImages(tiny.network, 3);
    const expected = await runOnnx(await onnxFormat.encode(tiny, "float32"), images);
    const actual = await runTfjsGraph(await tfjsGraphFormat.encode(tiny, "float32"), images);
    expect(actual.length).toBe(expected.length);
    const differences = actual.map((value, index) => Math.abs(value - expected[index]));
    expect(Math.max(...differences)).toBeLessThan(1e-6);
  });
});
