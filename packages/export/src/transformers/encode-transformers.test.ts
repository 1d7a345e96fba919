import { networkOf } from "@fleuron/graph";
import { notebookPreprocessing } from "@fleuron/model";
import { importedPreprocessing, tinyNetwork } from "@fleuron/testing";
import { expect, it } from "vitest";
import { madeUpModel } from "../fixtures/made-up-model.js";
import { contentOf, drawnImages, runOnnx } from "../fixtures/run-onnx.js";
import { onnxFormat } from "../formats/onnx/onnx-format.js";
import { transformersFiles } from "./encode-transformers.js";
import { processorConfig } from "./processor-config.js";

const model = madeUpModel(tinyNetwork(), { temperature: 1.7 });

const { parameters } = networkOf(model.network);
const kernels = parameters.filter(({ fewestBits }) => fewestBits < 32).map(({ name }) => name);
/** Its kernels have other bits than int4's, and its statistics were taken anew. */
const compressed = {
  ...model,
  kernelBits: new Map(kernels.map((name, at) => [name, at % 2 === 0 ? 4 : 16] as const)),
  compactWeights: new Map([...model.weights].map(([name, values]) => [name, values.map((v) => v * 1.1)])),
};

it.each([
  ["model.onnx", "float32", model],
  ["model_compact.onnx", "compact", compressed],
] as const)(
  "%s gives logits whose softmax, which transformers.js takes, is our probabilities",
  async (file, precision, model) => {
    const files = transformersFiles(model, [precision]);
    expect(files.map(({ path }) => path)).toEqual([
      "config.json",
      "preprocessor_config.json",
      `onnx/${file}`,
    ]);
    const images = drawnImages(model.network, 2);
    const ours = await onnxFormat.encode(model, precision);
    const probabilities = await runOnnx(ours, images);
    const [input, output] = [{ ...ours.input, name: "pixel_values" }, { name: "logits" }];
    const logits = await runOnnx({ input, output, files: [files[2]!] }, images);
    const classes = model.labels.length;
    const softmax = logits.map((logit, at) => {
      const first = at - (at % classes);
      return (
        Math.exp(logit) /
        logits.slice(first, first + classes).reduce((sum, other) => sum + Math.exp(other), 0)
      );
    });
    softmax.forEach((value, at) => {
      expect(value).toBeCloseTo(probabilities[at]!, 6);
    });
  },
);

it("names models as transformers.js asks for them, and classes by their place", () => {
  const files = transformersFiles(model, ["float16", "int8", "int4", "int4"]);
  const config = JSON.parse(new TextDecoder().decode(contentOf(files[0]!)));
  expect(Object.values(config.id2label)).toEqual(model.labels);
  expect(files.slice(2).map(({ path }) => path)).toEqual([
    "onnx/model_fp16.onnx",
    "onnx/model_int8.onnx",
    "onnx/model_q4.onnx",
  ]);
});

it("turns preprocessing into transformers.js's, where red and blue are exchanged last", () => {
  expect(processorConfig(notebookPreprocessing)).toMatchObject({
    size: { height: 227, width: 227 },
    do_center_crop: false,
    do_flip_channel_order: false,
  });
  const resize = { fit: "cover", filter: "nearest", resizeTo: 80 } as const;
  expect(processorConfig({ ...importedPreprocessing, resize })).toMatchObject({
    size: { shortest_edge: 80 },
    crop_size: { height: 31, width: 27 },
    resample: 0,
    image_mean: [0.6, 0.5, 0.4],
    image_std: [0.3, 0.25, 0.2],
    do_flip_channel_order: true,
  });
  expect(() => processorConfig(importedPreprocessing)).toThrow("cannot put a photo on a border");
});
