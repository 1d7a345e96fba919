import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { alexnet, type BundlePrecision } from "@fleuron/model";
import { tinyNetwork } from "@fleuron/testing";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { type LayeredModel, madeUpModel } from "../../fixtures/made-up-model.js";
import { contentOf, drawnImages, runOnnx } from "../../fixtures/run-onnx.js";
import { loadTfjsGraph, runTfjsGraph } from "../../fixtures/run-tfjs-graph.js";
import { onnxFormat } from "../onnx/index.js";
import { tfjsGraphFormat } from "./tfjs-graph-format.js";

const tiny = madeUpModel(tinyNetwork(), { temperature: 1.7 });
/** 1.2 million parameters: more than one shard. */
const larger = madeUpModel(alexnet({ classes: 5, width: 0.125, imageSize: 67 }));

async function differences(model: LayeredModel, size: number, precision: BundlePrecision = "float32") {
  const images = drawnImages(model.network, size);
  const expected = await runOnnx(await onnxFormat.encode(model, "float32"), images);
  const actual = await runTfjsGraph(await tfjsGraphFormat.encode(model, precision), images);
  expect(actual.length).toBe(expected.length);
  return actual.map((value, index) => Math.abs(value - expected[index]!));
}

const modelJson = async (precision: BundlePrecision) => {
  const { files } = await tfjsGraphFormat.encode(larger, precision);
  return JSON.parse(new TextDecoder().decode(contentOf(files[0]!))) as tf.io.ModelJSON & {
    modelTopology: { node: { op: string }[] };
  };
};

describe.each(["cpu", "wasm"])("on tfjs's backend %s", (backend) => {
  it.each([1, 3])("gives ONNX's probabilities for a batch of %i", async (size) => {
    await tf.setBackend(backend);
    expect(tf.getBackend()).toBe(backend);
    expect(Math.max(...(await differences(tiny, size)))).toBeLessThan(1e-6);
  });

  it("computes the same from several shards", async () => {
    await tf.setBackend(backend);
    expect(Math.max(...(await differences(larger, 2)))).toBeLessThan(1e-6);
  });

  it("differs little in float16, and somewhat more in uint8", async () => {
    await tf.setBackend(backend);
    const float16 = Math.max(...(await differences(larger, 2, "float16")));
    const uint8 = Math.max(...(await differences(larger, 2, "int8")));
    expect(float16).toBeGreaterThan(0);
    expect(float16).toBeLessThan(2e-3);
    expect(uint8).toBeGreaterThan(float16);
    expect(uint8).toBeLessThan(0.05);
  });
});

describe("a graph model", () => {
  it("takes N,H,W,C and gives probabilities, with the batch open", async () => {
    await tf.setBackend("cpu");
    const model = await loadTfjsGraph(await tfjsGraphFormat.encode(tiny, "float32"));
    expect(model.inputs).toMatchObject([{ name: "image", shape: [-1, 31, 27, 3], dtype: "float32" }]);
    expect(model.modelSignature).toMatchObject({
      inputs: { image: { name: "image:0", dtype: "DT_FLOAT" } },
      outputs: {
        probabilities: { name: "probabilities:0", tensorShape: { dim: [{ size: "-1" }, { size: "4" }] } },
      },
    });
  });

  it("has every bias and ReLU in the operation before, and turns no tensor", async () => {
    const { modelTopology } = await modelJson("float32");
    const count = (op: string) => modelTopology.node.filter((node) => node.op === op).length;
    expect([count("_FusedConv2D"), count("_FusedMatMul")]).toEqual([5, 3]);
    expect([count("BiasAdd"), count("Relu"), count("Transpose")]).toEqual([0, 0, 0]);
  });

  it.each([
    ["float32", "tfjs-graph"],
    ["float16", "tfjs-graph-float16"],
    ["int8", "tfjs-graph-uint8"],
  ] as const)("at %s lies in %s, in shards of 4 MiB", async (precision, folder) => {
    const { files } = await tfjsGraphFormat.encode(larger, precision);
    const { weightsManifest } = await modelJson(precision);
    const paths = weightsManifest[0]!.paths.map((path) => `${folder}/${path}`);
    expect(files.map(({ path }) => path)).toEqual([`${folder}/model.json`, ...paths]);
    expect(paths[0]).toBe(`${folder}/group1-shard1of${paths.length}.bin`);
    const sizes = files.slice(1).map((file) => contentOf(file).length);
    expect(sizes.slice(0, -1).every((size) => size === 2 ** 22)).toBe(true);
    expect(sizes.at(-1)).toBeLessThanOrEqual(2 ** 22);
  });

  it.each(["float16", "int8"] as const)("stores kernels alone at %s", async (precision) => {
    const { weightsManifest } = await modelJson(precision);
    const { weights } = weightsManifest[0]!;
    const stored = weights.filter(({ quantization }) => quantization).map(({ name }) => name);
    const kernels = [...larger.weights.keys()].filter((name) => name.endsWith("/kernel"));
    expect(stored.sort()).toEqual(kernels.sort());
  });

  it("keeps small kernels in float16 where large ones have 8 bits", async () => {
    const { weights } = (await modelJson("int8")).weightsManifest[0]!;
    const dtypeOf = (name: string) => weights.find((entry) => entry.name === name)?.quantization?.dtype;
    expect(dtypeOf("conv1/kernel")).toBe("float16");
    expect(dtypeOf("dense2/kernel")).toBe("uint8");
  });

  it("gives the same bytes for the same weights, in whatever order they come", async () => {
    const shuffled = { ...larger, weights: new Map([...larger.weights].reverse()) };
    const contents = async (each: typeof larger) =>
      (await tfjsGraphFormat.encode(each, "int8")).files.map(contentOf);
    const [one, two] = [await contents(larger), await contents(shuffled)];
    expect(one.map((file, index) => Buffer.compare(file, two[index]!))).toEqual(one.map(() => 0));
  });

  it("refuses weights that are no numbers", async () => {
    const weights = new Map(tiny.weights).set("conv1/bias", new Float32Array(8).fill(Number.NaN));
    await expect(tfjsGraphFormat.encode({ ...tiny, weights }, "float32")).rejects.toMatchObject({
      code: "weights-invalid",
      subject: "conv1/bias",
    });
  });
});
