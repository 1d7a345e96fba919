import { classifierGraph, interpret, networkOf, referenceTensor } from "@fleuron/graph";
import {
  alexnet,
  type BundlePrecision,
  networkParameters,
  type PreprocessingSpecification,
  preprocess,
} from "@fleuron/model";
import { tinyNetwork } from "@fleuron/testing";
import { InferenceSession } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { type LayeredModel, madeUpModel } from "../../fixtures/made-up-model.js";
import { contentOf, drawnImages, runOnnx } from "../../fixtures/run-onnx.js";
import { storeParameter } from "../../precisions/index.js";
import { restore } from "../../precisions/restore.js";
import { onnxFormat } from "./onnx-format.js";

const tiny = madeUpModel(tinyNetwork(), { temperature: 1.7 });
/** 6 MB of weights, which lie beside the model; a convolution and two dense layers large enough for integers. */
const larger = madeUpModel(alexnet({ classes: 5, width: 0.25, imageSize: 67 }));

function meantProbabilities({ network, weights, temperature }: LayeredModel, size: number) {
  const { shape, data } = drawnImages(network, size);
  const shapes = networkParameters(network).map(({ name, shape }) => [name, shape] as const);
  const feeds = Object.fromEntries([
    ["image", referenceTensor(shape, data)],
    ...shapes.map(([name, shape]) => [name, referenceTensor(shape, weights.get(name)!)] as const),
  ]);
  return interpret(classifierGraph(network, { temperature }), feeds).outputs.get("probabilities")!.data;
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0);
};

describe("float32", () => {
  it.each([1, 3])("gives softmax(logits ÷ temperature) of a batch of %i", async (size) => {
    const probabilities = await runOnnx(
      await onnxFormat.encode(tiny, "float32"),
      drawnImages(tiny.network, size),
    );
    expect(largestDifference(probabilities, meantProbabilities(tiny, size))).toBeLessThan(1e-6);
  });

  it("keeps a small model in one file, and puts the weights of a larger one beside it", async () => {
    const paths = async (model: LayeredModel) =>
      (await onnxFormat.encode(model, "float32")).files.map(({ path }) => path);
    expect(await paths(tiny)).toEqual(["model.onnx"]);
    expect(await paths(larger)).toEqual(["model.onnx", "model.onnx.data"]);
  });

  it.each([false, true])(
    "computes the same from a larger one's weights, in a single file: %s",
    async (singleFile) => {
      const encoded = await onnxFormat.encode(larger, "float32", { singleFile });
      expect(encoded.files).toHaveLength(singleFile ? 1 : 2);
      const probabilities = await runOnnx(encoded, drawnImages(larger.network, 2));
      expect(largestDifference(probabilities, meantProbabilities(larger, 2))).toBeLessThan(1e-6);
    },
  );

  it("hands over the weights' own memory, not copies", async () => {
    const { files } = await onnxFormat.encode(larger, "float32");
    const kernel = larger.weights.get("dense1/kernel")!;
    expect(files[1]!.parts.some(({ buffer }) => buffer === kernel.buffer)).toBe(true);
  });

  it("gives the same bytes for the same weights, in whatever order they come", async () => {
    const shuffled = { ...larger, weights: new Map([...larger.weights].reverse()) };
    const contents = async (each: typeof larger) =>
      (await onnxFormat.encode(each, "float32")).files.map(contentOf);
    const [one, two] = [await contents(larger), await contents(shuffled)];
    expect(one.map((file, index) => Buffer.compare(file, two[index]!))).toEqual([0, 0]);
  });

  it("takes an image and gives probabilities, with the batch open", async () => {
    const { files, input, output } = await onnxFormat.encode(tiny, "float32");
    const session = await InferenceSession.create(contentOf(files[0]!));
    expect(session.inputMetadata).toEqual([
      { name: input.name, type: "float32", shape: input.shape, isTensor: true },
    ]);
    expect(session.outputMetadata).toEqual([
      { name: output.name, type: "float32", shape: ["batch", 4], isTensor: true },
    ]);
    await session.release();
  });
});

describe.each(["float16", "int8", "int4"] as const)("%s", (precision) => {
  /** The same model with the weights that this precision can tell apart. */
  const restored = (model: LayeredModel): LayeredModel => ({
    ...model,
    weights: new Map(
      networkParameters(model.network).map((parameter) => [
        parameter.name,
        restore(storeParameter(precision, parameter, model.weights.get(parameter.name)!)),
      ]),
    ),
  });

  it.each([
    ["a small model", tiny],
    ["a larger one", larger],
  ])("computes in float32 with the stored weights: %s", async (_, model) => {
    const probabilities = await runOnnx(
      await onnxFormat.encode(model, precision),
      drawnImages(model.network, 3),
    );
    expect(largestDifference(probabilities, meantProbabilities(restored(model), 3))).toBeLessThan(2e-6);
  });

  it("is as small as it should be", async () => {
    const bytes = async (as: BundlePrecision) =>
      (await onnxFormat.encode(larger, as)).files
        .flatMap(({ parts }) => parts)
        .reduce((n, { length }) => n + length, 0);
    const share = { float16: 0.52, int8: 0.31, int4: 0.21 }[precision];
    expect(await bytes(precision)).toBeLessThan(share * (await bytes("float32")));
  });

  it("gives the same bytes twice", async () => {
    const first = async () => contentOf((await onnxFormat.encode(tiny, precision)).files[0]!);
    expect(Buffer.compare(await first(), await first())).toBe(0);
  });
});

describe("a model that takes bytes", () => {
  const normalised = (change: Partial<PreprocessingSpecification>): LayeredModel => ({
    ...larger,
    preprocessing: {
      ...larger.preprocessing,
      ...{ scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
      ...change,
    },
  });
  const { input } = larger.network;
  const [photos, pixels] = [3, input.height * input.width];
  /** Each photo lighter than the one before. */
  const levels = Uint8Array.from(
    { length: photos * pixels * 3 },
    (_, at) => (((at * 7919) % 256) * Math.ceil((at + 1) / (pixels * 3))) / photos,
  );

  it.each([
    ["float32", "rgb"],
    ["float32", "bgr"],
    ["float16", "rgb"],
    ["int8", "rgb"],
    ["int4", "rgb"],
  ] as const)("gives what the one of images gives in %s, %s", async (precision, channelOrder) => {
    const model = normalised({ channelOrder });
    const [ofImages, ofBytes] = [
      await onnxFormat.encode(model, precision),
      await onnxFormat.encode(model, precision, { input: "bytes" }),
    ];
    const data = new Float32Array(levels.length);
    for (let at = 0; at < photos; at++) {
      const photo = { ...input, data: levels.subarray(at * pixels * 3, (at + 1) * pixels * 3) };
      preprocess(photo, model.preprocessing, data, at * pixels * 3);
    }
    const meant = await runOnnx(ofImages, { shape: [photos, 3, input.height, input.width], data });
    const given = await runOnnx(ofBytes, { shape: [photos, input.height, input.width, 3], data: levels });
    expect(largestDifference(given, meant)).toBeLessThan(1e-6);
    expect(largestDifference(meant.subarray(0, 5), meant.subarray(5, 10))).toBeGreaterThan(1e-4);
  });

  it("is refused where the colour around photos is no level", async () => {
    const model = normalised({
      resize: {
        fit: "pad",
        filter: "triangle",
        position: "centre",
        padding: [123.675, 116.28, 103.53],
      },
    });
    await expect(onnxFormat.encode(model, "float32", { input: "bytes" })).rejects.toMatchObject({
      code: "preprocessing-unsupported",
      subject: "input",
      message: expect.stringContaining("123.675"),
    });
  });
});

it.each(["float32", "int8"] as const)(
  "writes a network that is a graph as it does one of layers, in %s",
  async (precision) => {
    const { name, ...network } = networkOf(tiny.network);
    const imported = {
      type: "imported",
      name,
      inference: network.inferenceGraph(),
      parameters: network.parameters,
    } as const;
    const [one, two] = [tiny, { ...tiny, network: imported }].map((model) =>
      onnxFormat.encode(model, precision),
    );
    expect(await two).toEqual(await one);
  },
);

it("refuses weights that float16 cannot hold, and names them", async () => {
  const weights = new Map([...tiny.weights, ["conv2/kernel", new Float32Array(8 * 8 * 9).fill(-70000)]]);
  await expect(onnxFormat.encode({ ...tiny, weights }, "float16")).rejects.toMatchObject({
    code: "precision-unsupported",
    subject: "conv2/kernel",
    message: expect.stringContaining("-70000"),
  });
});
