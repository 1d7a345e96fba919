import { describe, expect, it } from "vitest";
import { builtFeeds, builtNetwork, type LayerStack } from "../fixtures/built-network.js";
import type { ImportedNetwork } from "../imported-network.js";
import { interpret } from "../interpreter/interpret.js";
import { type ReferenceTensor, referenceTensor } from "../interpreter/reference-tensor.js";
import { gradientName } from "../loss-and-gradients.js";
import { networkOf } from "../network-of.js";
import type { Tensor } from "../operation.js";
import { add, multiply } from "../operations/arithmetic.js";
import { averagePool } from "../operations/average-pool.js";
import { batchMatMul } from "../operations/batch-mat-mul.js";
import { concat } from "../operations/concat.js";
import { constant } from "../operations/constant.js";
import { sigmoid } from "../operations/exponentials.js";
import { gather } from "../operations/gather.js";
import { reduceMean } from "../operations/reduce-mean.js";
import { relu } from "../operations/relu.js";
import { reshape } from "../operations/reshape.js";
import { transpose } from "../operations/transpose.js";
import type { Graph } from "../types.js";
import { headOf } from "./head-of.js";
import { splitAtHead } from "./split-at-head.js";
import { type TrainableChoice, trainableParameters } from "./trainable-parameters.js";
import { withHead } from "./with-head.js";

const body = (layers: LayerStack) =>
  layers.activated(
    "norm2",
    layers.conv("conv2", layers.activated("norm1", layers.conv("conv1", layers.image, 4, 3)), 5, 3),
  );
const pooled = (map: Tensor) => reduceMean(map, { axes: [2, 3] });

/** EfficientNet's: pool, then a dense layer. */
const poolFirst = builtNetwork((layers) => layers.dense("fc", pooled(body(layers)), 7));
/** SqueezeNet's: a 1×1 convolution, cut at 0, then a pool. */
const poolLast = builtNetwork((layers) => pooled(relu(layers.conv("classifier", body(layers), 7, 1))));
/** MobileNet's: a 1×1 convolution of one pixel. */
const convOfOne = builtNetwork((layers) => {
  const map = averagePool(body(layers), {
    kernelSize: [6, 5],
    strides: [1, 1],
    pads: [0, 0, 0, 0],
    countPadding: false,
  });
  return reshape(layers.conv("logits", map, 7, 1), ["batch", 7]);
});
/** A vision transformer's: tokens of 5 numbers, of which the first classifies; without bias. */
const classToken = builtNetwork((layers) => {
  const tokens = transpose(reshape(body(layers), ["batch", 5, 30]), [0, 2, 1]);
  return layers.dense("head", reshape(gather(tokens, [0], 1), ["batch", 5]), 7, { bias: false });
});
/** One number for two classes: the logits 0 and that one. */
const binary = builtNetwork((layers) => {
  const logit = layers.dense("fc", pooled(body(layers)), 1);
  return concat([multiply(logit, constant(layers.builder, 0)), logit], 1);
});
/** Each place's vector, then the mean: as a mixer may have it. */
const tokensLast = builtNetwork((layers) => {
  const tokens = transpose(reshape(body(layers), ["batch", 5, 30]), [0, 2, 1]);
  const kernel = reshape(layers.parameter("mix.weight", "kernel", [5, 7]), [1, 5, 7]);
  const perToken = layers.builder.at({ layer: "mix" }, () => batchMatMul(tokens, kernel));
  return reduceMean(perToken, { axes: [1] });
});
/** The same through a product whose rows are the places of all images. */
const tokensAsRows = builtNetwork((layers) => {
  const tokens = transpose(reshape(body(layers), ["batch", 5, 30]), [0, 2, 1]);
  const perToken = layers.dense("rows", reshape(tokens, ["batch*30", 5]), 7);
  return reduceMean(reshape(perToken, ["batch", 30, 7]), { axes: [1] });
});
const twoHeads = builtNetwork((layers) => {
  const features = pooled(body(layers));
  return add(layers.dense("fc", features, 7), layers.dense("aux", features, 7));
});
const noHead = builtNetwork((layers) => sigmoid(layers.dense("embed", pooled(body(layers)), 7)));

const found = { poolFirst, poolLast, convOfOne, classToken, binary, tokensLast };

const outputOf = (graph: Graph, feeds: Readonly<Record<string, ReferenceTensor>>, output = "logits") =>
  interpret(graph, feeds).outputs.get(output)!;

describe("the head", () => {
  it.each([
    ["poolFirst", "fc"],
    ["poolLast", "classifier"],
    ["convOfOne", "logits"],
    ["classToken", "head"],
    ["binary", "fc"],
    ["tokensLast", "mix"],
  ] as const)("of %s is '%s'", (network, name) => {
    expect(headOf(found[network])).toMatchObject({ name, kernel: `${name}.weight` });
  });

  it.each([
    ["several fit", twoHeads, "2 classifying heads", "'fc', 'aux'"],
    ["none fits", noHead, "No layer of the network 'built' gives its logits", "'embed'"],
  ])("is asked for by name where %s", (_, network, message, candidates) => {
    expect(() => headOf(network)).toThrow(
      expect.objectContaining({
        code: "network-head",
        kind: "usage",
        message: expect.stringContaining(message),
        hint: `Name the layer to replace with \`head\`: ${candidates}.`,
      }),
    );
  });

  it("cannot be named where no layer is linear", () => {
    const features = builtNetwork((layers) => pooled(body(layers)));
    expect(() => headOf(features)).toThrow(
      "The network 'built' has no dense layer or 1×1 convolution to be replaced.",
    );
  });

  it("is no product whose rows are the places of images", () => {
    expect(() => headOf(tokensAsRows)).toThrow("has no dense layer or 1×1 convolution to be replaced.");
  });

  it("is any linear layer that is named, by its node or by its kernel", () => {
    expect(headOf(twoHeads, { head: "aux" })).toEqual(headOf(twoHeads, { head: "aux.weight" }));
    expect(headOf(noHead, { head: "embed" }).name).toBe("embed");
    expect(() => headOf(twoHeads, { head: "conv2" })).toThrow(/no dense layer or 1×1 convolution 'conv2'/);
  });
});

describe("a network with a new head", () => {
  it.each(Object.entries(found))("gives a linear function of %s's features", (_, old) => {
    const { network, parameters } = withHead(old, { classes: 3 });
    expect(parameters).toEqual(["head/kernel", "head/bias"]);
    expect(network.parameters.slice(0, -2)).toEqual(
      old.parameters.filter(({ name }) => /^(conv|norm)\d/.test(name)),
    );
    expect(networkOf(network)).toMatchObject({ classes: 3, input: { channels: 3, height: 6, width: 5 } });
    const feeds = builtFeeds(network);
    const { features } = headOf(network);
    const graph = {
      ...network.inference,
      outputs: [...network.inference.outputs, { name: "features", value: features }],
    };
    const vector = outputOf(graph, feeds, "features");
    expect(vector.shape).toEqual([1, 5]);
    const [kernel, bias] = parameters.map((name) => feeds[name]!.data);
    const expected = [0, 1, 2].map((unit) =>
      [...vector.data].reduce(
        (sum, feature, index) => sum + feature * kernel![index * 3 + unit]!,
        bias![unit]!,
      ),
    );
    expect([...outputOf(graph, feeds).data]).toEqual(expected.map((value) => expect.closeTo(value, 10)));
  });

  it.each([
    ["poolFirst", "fc"],
    ["convOfOne", "logits"],
  ] as const)("gives what %s gave, with its weights", (name, layer) => {
    const old = found[name];
    const feeds = builtFeeds(old);
    const { network } = withHead(old, { classes: 7 });
    const kernel = feeds[`${layer}.weight`]!;
    const turned =
      layer === "logits"
        ? Array.from(kernel.data, (_, at) => kernel.data[(at % 7) * 5 + Math.floor(at / 7)]!)
        : kernel.data;
    const again = {
      ...feeds,
      "head/kernel": referenceTensor([5, 7], Float64Array.from(turned)),
      "head/bias": feeds[`${layer}.bias`]!,
    };
    const wanted = new Set(["image", ...network.parameters.map((parameter) => parameter.name)]);
    const used = Object.fromEntries(Object.entries(again).filter(([each]) => wanted.has(each)));
    const expected = [...outputOf(old.inference, feeds).data];
    expect([...outputOf(network.inference, used).data]).toEqual(
      expected.map((value) => expect.closeTo(value, 10)),
    );
  });

  it("takes the place of what follows a layer that is named", () => {
    const { network } = withHead(noHead, { classes: 2, head: "embed" });
    expect(network.parameters.map(({ name }) => name)).not.toContain("embed.weight");
    expect(headOf(network).kernel).toBe("head/kernel");
  });

  it("gets another name for its weights where the network has such already", () => {
    const { network, parameters } = withHead(withHead(poolFirst, { classes: 3 }).network, { classes: 3 });
    expect(parameters).toEqual(["head2/kernel", "head2/bias"]);
    expect(network.parameters.map(({ name }) => name)).not.toContain("head/kernel");
  });
});

describe("the parameters that learn", () => {
  const { network } = withHead(poolFirst, { classes: 3 });
  const layer = (count: number) => [
    `conv${count}.weight`,
    `conv${count}.bias`,
    `norm${count}.gamma`,
    `norm${count}.beta`,
  ];
  const head = ["head/kernel", "head/bias"];

  it.each<[string, TrainableChoice, readonly string[]]>([
    ["the head alone", "head", head],
    ["one layer", { last: 1 }, head],
    ["two layers, with their normalisations", { last: 2 }, [...layer(2), ...head]],
    ["more layers than there are", { last: 9 }, [...layer(1), ...layer(2), ...head]],
    ["all, without statistics", "all", [...layer(1), ...layer(2), ...head]],
  ])("are those of %s", (_, choice, names) => {
    expect(trainableParameters(network, choice)).toEqual(names);
    const { outputs } = networkOf(network).trainingGraph({ trainable: names });
    expect(outputs.slice(2).map(({ name }) => name)).toEqual(names.map(gradientName));
  });
});

describe("a network in two", () => {
  it.each<[string, ImportedNetwork]>([
    ...Object.entries(found),
    ["one that got a new head", withHead(poolLast, { classes: 3 }).network],
  ])("computes what the whole does: %s", (_, network) => {
    const { body: graph, head } = splitAtHead(network);
    const { image, ...feeds } = builtFeeds(network);
    const of = ({ variables }: Graph) =>
      Object.fromEntries(variables.map(({ name }) => [name, feeds[name]!]));
    const features = outputOf(graph, { image: image!, ...of(graph) }, "features");
    const { channels, height, width } = networkOf(head).input;
    expect(channels * height * width).toBe(features.data.length);
    const given = referenceTensor([1, channels, height, width], features.data);
    const logits = outputOf(head.inference, { image: given, ...of(head.inference) });
    expect(logits).toEqual(outputOf(network.inference, { image: image!, ...feeds }));
    const names = [...graph.variables, ...head.parameters].map(({ name }) => name);
    expect(names.toSorted()).toEqual(network.parameters.map(({ name }) => name).toSorted());
  });

  it("reads one vector where the head is new", () => {
    const { network, parameters } = withHead(poolLast, { classes: 3 });
    const { body: graph, head } = splitAtHead(network);
    expect(graph.types[graph.outputs[0]!.value]!.shape).toEqual(["batch", 5]);
    expect(networkOf(head).input).toEqual({ channels: 5, height: 1, width: 1 });
    expect(head.parameters.map(({ name }) => name)).toEqual(parameters);
  });
});
