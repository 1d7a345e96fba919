import { type Network, networkParameters } from "@fleuron/model";
import { tinyNetwork } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { relativeError } from "./fixtures/case-graph.js";
import { networkFeeds } from "./fixtures/network-feeds.js";
import type { ImportedNetwork } from "./imported-network.js";
import { interpret } from "./interpreter/interpret.js";
import { referenceTensor } from "./interpreter/reference-tensor.js";
import { gradientName } from "./loss-and-gradients.js";
import { inferenceGraph } from "./network.js";
import { networkOf } from "./network-of.js";

/** What an importer would make of a file that holds this network. */
const imported = (network: Network): ImportedNetwork => ({
  type: "imported",
  name: network.name,
  inference: inferenceGraph(network),
  parameters: networkParameters(network),
});

const tiny = tinyNetwork();
const layers = networkOf(tiny);
const graph = networkOf(imported(tiny));

it("has the input, classes and parameters of the network", () => {
  expect([graph.name, graph.input, graph.classes, graph.parameters]).toEqual([
    tiny.name,
    { channels: tiny.input.channels, height: tiny.input.height, width: tiny.input.width },
    layers.classes,
    layers.parameters,
  ]);
});

it("classifies as the network does, tempered too", () => {
  expect(graph.classifierGraph({ temperature: 1.7 })).toEqual(layers.classifierGraph({ temperature: 1.7 }));
  expect(graph.inferenceGraph()).toEqual(layers.inferenceGraph());
});

it("trains a network without normalisation and dropout by the same graph", () => {
  const plain = {
    ...tiny,
    layers: tiny.layers.filter(({ type }) => type !== "batchNorm" && type !== "dropout"),
  };
  expect(networkOf(imported(plain)).trainingGraph()).toEqual(networkOf(plain).trainingGraph());
});

describe("a training graph of a network that was normalised", () => {
  const training = graph.trainingGraph();
  const feeds = networkFeeds(tiny, training, { batch: 2 });

  it("keeps the moving statistics", () => {
    expect(training.updates).toEqual([]);
  });

  it.each(["batchNorm1/gamma", "conv1/kernel"])("has the gradient of %s", (name) => {
    const { shape, data } = feeds[name]!;
    const lossAt = (index: number, value: number) => {
      const moved = referenceTensor(shape, data);
      moved.data[index] = value;
      return interpret(training, { ...feeds, [name]: moved }).outputs.get("loss")!.data[0]!;
    };
    const step = 1e-5;
    const places = [0, 1, Math.floor(data.length / 2), data.length - 1];
    const numeric = places.map(
      (index) => (lossAt(index, data[index]! + step) - lossAt(index, data[index]! - step)) / (2 * step),
    );
    const derived = interpret(training, feeds).outputs.get(gradientName(name))!.data;
    expect(
      relativeError(
        places.map((index) => derived[index]!),
        numeric,
      ),
    ).toBeLessThan(1e-5);
  });

  it("lets only those learn that are named", () => {
    const { outputs } = graph.trainingGraph({ trainable: ["dense2/bias"] });
    expect(outputs.map(({ name }) => name)).toEqual(["loss", "correctCount", gradientName("dense2/bias")]);
    expect(() => graph.trainingGraph({ trainable: ["dense9/bias"] })).toThrow(/no trainable parameter/);
  });
});
