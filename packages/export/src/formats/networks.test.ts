import "@tensorflow/tfjs-backend-cpu";
import { networks } from "@fleuron/model";
import { expect, it } from "vitest";
import { madeUpModel } from "../fixtures/made-up-model.js";
import { drawnImages, runOnnx } from "../fixtures/run-onnx.js";
import { runTfjsGraph } from "../fixtures/run-tfjs-graph.js";
import { onnxFormat } from "./onnx/index.js";
import { tfjsGraphFormat } from "./tfjs-graph/index.js";

it.each(["resnet18", "mobilenet-v2"] as const)(
  "%s gives the same probabilities in both formats",
  async (name) => {
    const network = networks[name]({ classes: 4, imageSize: 35, width: 0.1 });
    const [model, images] = [madeUpModel(network, { temperature: 30 }), drawnImages(network, 2)];
    const expected = await runOnnx(await onnxFormat.encode(model, "float32"), images);
    const actual = await runTfjsGraph(await tfjsGraphFormat.encode(model, "float32"), images);
    expect([...actual]).toEqual([...expected].map((value) => expect.closeTo(value, 5)));
    expect(new Set([...expected].map((value) => value.toFixed(3))).size).toBeGreaterThan(4);
  },
);
