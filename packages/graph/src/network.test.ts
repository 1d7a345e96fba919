import { alexnet, type Layer, type Network } from "@fleuron/model";
import { tinyNetwork } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { relativeError } from "./fixtures/case-graph.js";
import { networkFeeds } from "./fixtures/network-feeds.js";
import { type InterpreterResult, interpret } from "./interpreter/interpret.js";
import { type ReferenceTensor, referenceTensor } from "./interpreter/reference-tensor.js";
import { gradientName } from "./loss-and-gradients.js";
import { inferenceGraph, trainingGraph } from "./network.js";
import type { Graph } from "./types.js";

const names = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => name);
const operationsOf = (graph: Graph) => new Set(graph.nodes.map(({ operation }) => operation));
const layerParameters = (layer: string, ...kinds: readonly string[]) =>
  kinds.map((kind) => `${layer}/${kind}`);

const blocks = [1, 2, 3, 4, 5];
const learning = [
  ...blocks.flatMap((n) => [
    ...layerParameters(`conv${n}`, "kernel", "bias"),
    ...layerParameters(`batchNorm${n}`, "gamma", "beta"),
  ]),
  ...[1, 2, 3].flatMap((n) => layerParameters(`dense${n}`, "kernel", "bias")),
];
const statistics = blocks.flatMap((n) => layerParameters(`batchNorm${n}`, "movingMean", "movingVariance"));

describe("AlexNet's training graph", () => {
  const started = performance.now();
  const graph = trainingGraph(alexnet({ classes: 5 }));
  const milliseconds = performance.now() - started;

  it("is built in less than a second", () => {
    expect(milliseconds).toBeLessThan(1000);
  });

  it("asks for a batch, how to weigh it, and masks for its two dropouts", () => {
    const inputs = graph.inputs.map(({ name, role, value }) => [name, role, graph.types[value]!.shape]);
    expect(inputs).toEqual([
      ["image", { type: "image" }, ["batch", 3, 227, 227]],
      ["dropout1/mask", { type: "dropoutMask", keepRate: 0.5 }, ["batch", 4096]],
      ["dropout2/mask", { type: "dropoutMask", keepRate: 0.5 }, ["batch", 4096]],
      ["targets", { type: "target" }, ["batch", 5]],
      ["sampleWeights", { type: "sampleWeight" }, ["batch"]],
      ["normalizer", { type: "scalar" }, []],
    ]);
  });

  it("gives loss, correctCount, and a gradient in the shape of each parameter that learns", () => {
    expect(names(graph.outputs)).toEqual(["loss", "correctCount", ...learning.map(gradientName)]);
    const shape = ({ value }: { value: number }) => graph.types[value]!.shape;
    for (const variable of graph.variables.filter(({ name }) => learning.includes(name))) {
      const gradient = graph.outputs.find(({ name }) => name === gradientName(variable.name))!;
      expect(shape(gradient), variable.name).toEqual(shape(variable));
    }
  });

  it("updates the moving statistics and nothing else", () => {
    expect(names(graph.updates)).toEqual(statistics);
    expect(names(graph.variables).sort()).toEqual([...learning, ...statistics].sort());
  });

  it("does not compute a gradient of the photos", () => {
    const inward = graph.nodes.filter(({ operation }) => operation === "conv2dInputGradient");
    expect(inward.map(({ place }) => place)).toEqual(
      [5, 4, 3, 2].map((n) => ({ layer: `conv${n}`, gradient: true })),
    );
  });

  it("computes gradients only as far down as something learns", () => {
    const head = ["dense3/kernel", "dense3/bias"];
    const partial = trainingGraph(alexnet({ classes: 5 }), { trainable: head });
    expect(names(partial.outputs)).toEqual(["loss", "correctCount", ...head.map(gradientName)]);
    const derived = partial.nodes.flatMap(({ place }) => (place.gradient ? [place.layer] : []));
    expect(new Set(derived)).toEqual(new Set(["", "dense3"]));
    expect(names(partial.variables).sort()).toEqual([...learning, ...statistics].sort());
  });
});

describe("an inference graph", () => {
  it("takes photos, and uses moving statistics and no dropout", () => {
    const graph = inferenceGraph(alexnet({ classes: 5 }));
    expect(names(graph.inputs)).toEqual(["image"]);
    expect(names(graph.outputs)).toEqual(["logits"]);
    expect(graph.types[graph.outputs[0]!.value]!.shape).toEqual(["batch", 5]);
    expect(graph.updates).toEqual([]);
    expect(names(graph.variables).sort()).toEqual([...learning, ...statistics].sort());
    expect(operationsOf(graph)).toEqual(
      new Set(["conv2d", "biasAdd", "relu", "batchNormInference", "maxPool", "reshape", "matMul"]),
    );
  });

  it("gives one photo's logits whatever photos stand beside it", () => {
    const network = tinyNetwork();
    const graph = inferenceGraph(network);
    const feeds = networkFeeds(network, graph, { batch: 3 });
    const pixels = feeds.image!.data.length / 3;
    const second = {
      ...feeds,
      image: referenceTensor([1, 3, 31, 27], feeds.image!.data.slice(pixels, 2 * pixels)),
    };
    const logits = (values: Record<string, ReferenceTensor>) =>
      interpret(graph, values).outputs.get("logits")!;
    expect(logits(second).data).toEqual(logits(feeds).data.slice(4, 8));
  });
});

describe("padding", () => {
  const padsOf = (kernelSize: [number, number], strides: [number, number]) => {
    const graph = inferenceGraph({
      formatVersion: 1,
      name: "padded",
      input: { channels: 1, height: 18, width: 15 },
      layers: [
        {
          type: "conv2d",
          id: "conv",
          filters: 1,
          kernelSize,
          strides,
          padding: "same",
          activation: "linear",
        },
      ],
    });
    return [graph.nodes[0]!.attributes.pads, graph.types[graph.outputs[0]!.value]!.shape.slice(2)];
  };
  it("is written out, at stride 2 as TensorFlow pads: less before than after", () => {
    expect(padsOf([4, 4], [2, 2])).toEqual([
      [1, 1, 1, 2],
      [9, 8],
    ]);
    expect(padsOf([3, 3], [2, 2])).toEqual([
      [0, 1, 1, 1],
      [9, 8],
    ]);
    expect(padsOf([5, 2], [1, 1])).toEqual([
      [2, 0, 2, 1],
      [18, 15],
    ]);
    expect(padsOf([1, 1], [2, 2])).toEqual([
      [0, 0, 0, 0],
      [9, 8],
    ]);
  });
});

describe("the loss", () => {
  const conv: Layer = {
    type: "conv2d",
    id: "conv",
    filters: 3,
    kernelSize: [3, 3],
    strides: [2, 2],
    padding: "same",
    activation: "relu",
  };
  /** Without batch normalisation, through whose statistics every photo touches every other. */
  const network: Network = {
    formatVersion: 1,
    name: "plain",
    input: { channels: 2, height: 6, width: 5 },
    layers: [
      conv,
      { type: "flatten", id: "flatten" },
      { type: "dropout", id: "dropout", rate: 0.5 },
      { type: "dense", id: "dense", units: 3, activation: "linear" },
    ],
  };
  const graph = trainingGraph(network);
  const feeds = networkFeeds(network, graph, { batch: 3 });
  const perPhoto = ["image", "targets", "sampleWeights", "dropout/mask"];
  const run = (changed: Record<string, ReferenceTensor>) => interpret(graph, { ...feeds, ...changed });
  const loss = ({ outputs }: InterpreterResult) => outputs.get("loss")!.data[0]!;

  /** The feeds of some of the photos. */
  const only = (...photos: readonly number[]) =>
    Object.fromEntries(
      perPhoto.map((name) => {
        const { data, shape } = feeds[name]!;
        const size = data.length / shape[0]!;
        const values = photos.flatMap((photo) => [...data.slice(photo * size, (photo + 1) * size)]);
        return [name, referenceTensor([photos.length, ...shape.slice(1)], values)];
      }),
    );

  it("and its gradients do not see a photo of weight 0, to the last bit", () => {
    const [first, , third] = feeds.sampleWeights!.data as unknown as readonly [number, number, number];
    const ignored = run({ sampleWeights: referenceTensor([3], [first, 0, third]) });
    expect(ignored.outputs).toEqual(run(only(0, 2)).outputs);
  });

  it("is the sum of the photos' losses by weight, divided by the normalizer", () => {
    const alone = [0, 1, 2].map((photo) =>
      loss(
        run({
          ...only(photo),
          sampleWeights: referenceTensor([1], [1]),
          normalizer: referenceTensor([], [1]),
        }),
      ),
    );
    const weights = feeds.sampleWeights!.data;
    const expected = alone.reduce((sum, value, photo) => sum + value * weights[photo]!, 0) / 2.5;
    expect(loss(run({}))).toBeCloseTo(expected, 12);
  });

  it("has gradients that the normalizer divides too", () => {
    const kernel = (result: InterpreterResult) => result.outputs.get(gradientName("conv/kernel"))!.data;
    const halved = kernel(run({ normalizer: referenceTensor([], [5]) }));
    expect(
      relativeError(
        halved.map((value) => value * 2),
        kernel(run({})),
      ),
    ).toBeLessThan(1e-14);
  });

  it("of dense targets is the mixture of the classes' losses", () => {
    const targetsOf = (...row: readonly number[]) =>
      loss(run({ targets: referenceTensor([3, 3], [...row, ...row, ...row]) }));
    const mixed = 0.7 * targetsOf(1, 0, 0) + 0.2 * targetsOf(0, 1, 0) + 0.1 * targetsOf(0, 0, 1);
    expect(targetsOf(0.7, 0.2, 0.1)).toBeCloseTo(mixed, 12);
  });

  it("counts the weight of photos whose largest logit is their largest target", () => {
    const logits = interpret(inferenceGraph(network), feeds).outputs.get("logits")!.data;
    const noDropout = referenceTensor(
      feeds["dropout/mask"]!.shape,
      feeds["dropout/mask"]!.data.map(() => 1),
    );
    const best = [0, 1, 2].map((photo) => {
      const row = [...logits.slice(photo * 3, (photo + 1) * 3)];
      return row.indexOf(Math.max(...row));
    });
    const targets = referenceTensor([3, 3]);
    best.forEach((column, photo) => {
      targets.data[photo * 3 + (photo === 1 ? (column + 1) % 3 : column)] = 0.6;
    });
    const { outputs } = run({ targets, "dropout/mask": noDropout });
    const [first, , third] = feeds.sampleWeights!.data as unknown as readonly [number, number, number];
    expect(outputs.get("correctCount")!.data[0]).toBe(first + third);
  });

  it("refuses to train a parameter that it has not", () => {
    expect(() => trainingGraph(tinyNetwork(), { trainable: ["conv1/kernal"] })).toThrow(
      "no trainable parameter 'conv1/kernal'",
    );
  });
});
