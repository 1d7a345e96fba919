// Whole networks against an oracle that we did not write: tfjs, with its own operations, its own layout (NHWC and
// HWIO) and its own derivatives.
import "@tensorflow/tfjs-backend-cpu";
// Only for its side effect: the built form of tfjs-core comes without derivatives, and tfjs-layers registers them.
import "@tensorflow/tfjs-layers";
import {
  alexnet,
  conv2dPads,
  imageInput,
  type Layer,
  type Network,
  networkParameters,
  resolveNetwork,
  sizeOf,
} from "@fleuron/model";
import { tinyNetwork } from "@fleuron/testing";
import * as tf from "@tensorflow/tfjs-core";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { bindDimensions } from "./dimensions.js";
import { relativeError } from "./fixtures/case-graph.js";
import { networkFeeds } from "./fixtures/network-feeds.js";
import { winogradForms } from "./fixtures/winograd-forms.js";
import { interpret } from "./interpreter/interpret.js";
import type { ReferenceTensor } from "./interpreter/reference-tensor.js";
import { gradientName } from "./loss-and-gradients.js";
import { inferenceGraph, trainingGraph } from "./network.js";
import { cpuTrainingLowerings, onnxLowerings } from "./onnx/operations/index.js";
import { toOnnx, updateName } from "./onnx/to-onnx.js";
import type { Graph } from "./types.js";

type Feeds = Readonly<Record<string, ReferenceTensor>>;
/** Results by the names that the graph gives them, in its layout; updates are named as in ONNX. */
type Results = ReadonlyMap<string, ArrayLike<number>>;

const tolerance = 1e-4;

const conv = (id: string, filters: number, size: number, stride: number): Layer => ({
  type: "conv2d",
  id,
  filters,
  kernelSize: [size, size],
  strides: [stride, stride],
  padding: "same",
  activation: "relu",
});
const norm = (id: string): Layer => ({ type: "batchNorm", id, epsilon: 1e-3, momentum: 0.5 });
const dense: Layer = { type: "dense", id: "dense", units: 3, activation: "linear" };

/** Enough channels for Winograd's convolutions of 5×5 and 3×3 taps, and uneven pads at stride 2. */
const wide: Network = {
  formatVersion: 1,
  name: "wide",
  input: { channels: 3, height: 18, width: 15 },
  layers: [
    conv("conv1", 16, 4, 2),
    norm("norm1"),
    conv("conv2", 20, 5, 1),
    { type: "maxPool2d", id: "pool", poolSize: [3, 2], strides: [2, 2] },
    conv("conv3", 16, 3, 1),
    norm("norm3"),
    { type: "dropout", id: "dropout", rate: 0.25 },
    { type: "flatten", id: "flatten" },
    dense,
  ],
};

const networks = [
  { name: "tiny", network: tinyNetwork(4), batch: 3, winograd: [] },
  { name: "wide", network: wide, batch: 5, winograd: ["conv2", "conv3"] },
  // The smallest input that AlexNet's pools leave a pixel of.
  {
    name: "AlexNet",
    network: alexnet({ classes: 5, width: 1 / 16, imageSize: 67 }),
    batch: 2,
    winograd: ["conv3", "conv4", "conv5"],
  },
] as const;

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend("cpu");
});

describe.each(networks)("$name", ({ network, batch, winograd }) => {
  const training = trainingGraph(network);
  const feeds = networkFeeds(network, training, { batch });
  const inference = inferenceGraph(network);
  const inferenceFeeds = { ...networkFeeds(network, inference, { batch }), image: feeds.image! };
  let expected: Results;
  let logits: Results;

  beforeAll(() => {
    expected = tfjsTrainingStep(network, feeds);
    logits = tfjsLogits(network, inferenceFeeds);
  }, 60_000);

  it("has one expected value for each result of the training graph", () => {
    const names = [...training.outputs, ...training.updates.map(({ name }) => ({ name: updateName(name) }))];
    expect(names.map(({ name }) => name).sort()).toEqual([...expected.keys(), "correctCount"].sort());
  });

  it("the interpreter computes tfjs' loss, gradients and statistics", () => {
    expectSame(interpreted(training, feeds), expected);
  });

  it("the interpreter computes tfjs' logits", () => {
    expectSame(interpreted(inference, inferenceFeeds), logits);
  });

  it("onnxruntime computes them, for a batch of any size", async () => {
    expectSame(await runOnnx(toOnnx(training), feeds), expected);
    expectSame(await runOnnx(toOnnx(inference), inferenceFeeds), logits);
  });

  it.each([
    ["everywhere", onnxLowerings, []],
    ["for training on a CPU", cpuTrainingLowerings(winogradForms), winograd],
  ] as const)("onnxruntime computes them by the lowerings %s", async (_, lowerings, layers) => {
    const bound = toOnnx(bindDimensions(training, { batch }), { lowerings });
    expect(layersWithWinograd(network, bound)).toEqual(layers);
    expectSame(await runOnnx(bound, feeds), expected);
    expectSame(
      await runOnnx(toOnnx(bindDimensions(inference, { batch }), { lowerings }), inferenceFeeds),
      logits,
    );
  });
});

it("moves the variance by the unbiased one, which 18 elements per channel let us see", () => {
  const network: Network = {
    ...wide,
    input: { channels: 3, height: 3, width: 3 },
    layers: [conv("conv", 4, 3, 1), norm("norm"), { type: "flatten", id: "flatten" }, dense],
  };
  const graph = trainingGraph(network);
  const feeds = networkFeeds(network, graph, { batch: 2 });
  const name = updateName("norm/movingVariance");
  const ofBatch = (results: Results) =>
    Array.from(feeds["norm/movingVariance"]!.data, (old, c) => (results.get(name)![c]! - 0.5 * old) / 0.5);
  const ours = ofBatch(interpreted(graph, feeds));
  const biased = ofBatch(tfjsTrainingStep(network, feeds, { unbiased: false }));
  expect(relativeError(ours, biased)).toBeCloseTo(1 / 17, 4);
  expect(
    relativeError(
      ours,
      biased.map((variance) => (variance * 18) / 17),
    ),
  ).toBeLessThan(tolerance);
});

function layersWithWinograd(network: Network, model: Uint8Array): readonly string[] {
  const text = new TextDecoder().decode(model);
  return network.layers.map(({ id }) => id).filter((id) => text.includes(`gradient/${id}/FusedMatMul`));
}

function expectSame(actual: Results, expected: Results): void {
  for (const [name, values] of expected) {
    expect(actual.get(name)?.length, name).toBe(values.length);
    expect(relativeError(actual.get(name)!, values), name).toBeLessThan(tolerance);
  }
}

function interpreted(graph: Graph, feeds: Feeds): Results {
  const { outputs, updates } = interpret(graph, feeds);
  return new Map([
    ...[...outputs].map(([name, { data }]) => [name, data] as const),
    ...[...updates].map(([name, { data }]) => [updateName(name), data] as const),
  ]);
}

async function runOnnx(model: Uint8Array, feeds: Feeds): Promise<Results> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const tensors = session.inputNames.map((name) => {
    const { data, shape } = feeds[name]!;
    return [name, new Tensor("float32", Float32Array.from(data), shape)] as const;
  });
  const results = await session.run(Object.fromEntries(tensors));
  await session.release();
  return new Map(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
}

function tfjsTrainingStep(network: Network, feeds: Feeds, { unbiased = true } = {}): Results {
  const results = new Map<string, ArrayLike<number>>();
  tf.tidy(() => {
    const variables = new Map(
      networkParameters(network).map(({ name, trainable }) => [
        name,
        tf.variable(parameterTensor(feeds[name]!), trainable),
      ]),
    );
    const learning = networkParameters(network).filter(({ trainable }) => trainable);
    const statistics = new Map<string, tf.Tensor>();
    const { value, grads } = tf.variableGrads(
      () => {
        const logits = tfjsForward(network, feeds, {
          parameter: (name) => variables.get(name)!,
          dropoutMask: (layer) => activation(feeds[`${layer}/mask`]!),
          statistics,
        });
        const crossEntropy = tf.neg(tf.sum(tf.mul(asTensor(feeds.targets!), tf.logSoftmax(logits)), 1));
        const weighted = tf.sum(tf.mul(crossEntropy, asTensor(feeds.sampleWeights!)));
        return tf.div<tf.Scalar>(weighted, asTensor(feeds.normalizer!));
      },
      learning.map(({ name }) => variables.get(name)!),
    );
    results.set("loss", value.dataSync());
    for (const { name } of learning) {
      results.set(gradientName(name), canonical(grads[variables.get(name)!.name]!).dataSync());
    }
    for (const [name, moved] of movedStatistics(network, feeds, statistics, unbiased)) {
      results.set(updateName(name), moved.dataSync());
    }
    for (const variable of variables.values()) variable.dispose();
  });
  return results;
}

function tfjsLogits(network: Network, feeds: Feeds): Results {
  const logits = tf.tidy(() =>
    tfjsForward(network, feeds, { parameter: (name) => parameterTensor(feeds[name]!) }).dataSync(),
  );
  return new Map([["logits", logits]]);
}

interface TfjsContext {
  parameter(name: string): tf.Tensor;
  /** Given in training: a dropout layer's mask. */
  dropoutMask?(layer: string): tf.Tensor;
  /** Given in training: takes the mean and the biased variance of each batch, by the statistic's name. */
  readonly statistics?: Map<string, tf.Tensor>;
}

function tfjsForward(network: Network, feeds: Feeds, context: TfjsContext): tf.Tensor2D {
  let x: tf.Tensor = activation(feeds.image!);
  for (const { layer, inputShapes } of resolveNetwork(network)) {
    const parameter = (kind: string) => context.parameter(`${layer.id}/${kind}`);
    switch (layer.type) {
      case "conv2d": {
        const [, height, width] = imageInput(layer, inputShapes);
        const [top, left, bottom, right] = conv2dPads(layer, [height, width]);
        const padded = tf.pad4d(x as tf.Tensor4D, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ]);
        const y = tf.add(
          tf.conv2d(padded, parameter("kernel") as tf.Tensor4D, layer.strides, "valid"),
          parameter("bias"),
        );
        x = layer.activation === "relu" ? tf.relu(y) : y;
        break;
      }
      case "batchNorm": {
        const moments = context.statistics && tf.moments(x, [0, 1, 2]);
        if (moments) {
          context.statistics?.set(`${layer.id}/movingMean`, tf.keep(moments.mean));
          context.statistics?.set(`${layer.id}/movingVariance`, tf.keep(moments.variance));
        }
        const mean = moments?.mean ?? parameter("movingMean");
        const variance = moments?.variance ?? parameter("movingVariance");
        const normalised = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, layer.epsilon)));
        x = tf.add(tf.mul(normalised, parameter("gamma")), parameter("beta"));
        break;
      }
      case "maxPool2d":
        x = tf.maxPool(x as tf.Tensor4D, layer.poolSize, layer.strides, "valid");
        break;
      case "flatten":
        x = tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [x.shape[0], -1]);
        break;
      case "dense": {
        const y = tf.add(tf.matMul(x, parameter("kernel")), parameter("bias"));
        x = layer.activation === "relu" ? tf.relu(y) : y;
        break;
      }
      case "dropout":
        if (context.dropoutMask) x = tf.mul(x, context.dropoutMask(layer.id));
        break;
      default:
        throw new Error(`internal: the networks of this test have no ${(layer as Layer).type}`);
    }
  }
  return x as tf.Tensor2D;
}

/** moving × momentum + batch × (1 − momentum), with the variance × count ÷ (count − 1) when `unbiased`. */
function* movedStatistics(
  network: Network,
  feeds: Feeds,
  statistics: ReadonlyMap<string, tf.Tensor>,
  unbiased: boolean,
): Generator<readonly [string, tf.Tensor]> {
  for (const { layer, inputShapes } of resolveNetwork(network)) {
    if (layer.type !== "batchNorm") continue;
    const count = sizeOf([feeds.image!.shape[0]!, ...inputShapes[0]!.slice(1)]);
    for (const kind of ["movingMean", "movingVariance"]) {
      const name = `${layer.id}/${kind}`;
      const correction = unbiased && kind === "movingVariance" ? count / (count - 1) : 1;
      const fromBatch = tf.mul(statistics.get(name)!, correction * (1 - layer.momentum));
      yield [name, tf.add(tf.mul(asTensor(feeds[name]!), layer.momentum), fromBatch)];
    }
  }
}

const asTensor = ({ data, shape }: ReferenceTensor): tf.Tensor =>
  tf.tensor(Float32Array.from(data), [...shape]);

/** Activations as tfjs has them: images NCHW to NHWC, vectors alike. */
const activation = (tensor: ReferenceTensor): tf.Tensor =>
  tensor.shape.length === 4 ? tf.transpose(asTensor(tensor), [0, 2, 3, 1]) : asTensor(tensor);

/** Parameters as tfjs has them: kernels of convolutions OIHW to HWIO, all others alike. */
const parameterTensor = (parameter: ReferenceTensor): tf.Tensor =>
  parameter.shape.length === 4 ? tf.transpose(asTensor(parameter), [2, 3, 1, 0]) : asTensor(parameter);

/** The way back. */
const canonical = (parameter: tf.Tensor): tf.Tensor =>
  parameter.rank === 4 ? tf.transpose(parameter, [3, 2, 0, 1]) : parameter;
