import { inferenceGraph, interpret, referenceTensor } from "@fleuron/graph";
import { type Layer, type Network, networkParameters, networks, randomStream } from "@fleuron/model";
import { drawnWeights } from "@fleuron/testing";
import { expect, it } from "vitest";
import { cutWeights } from "./cut-weights.js";
import { type CuttableLayer, cuttableLayers } from "./cuttable-layers.js";
import { withUnits } from "./with-units.js";

function logits(network: Network, weights: ReadonlyMap<string, Float32Array>): readonly number[] {
  const { channels, height, width } = network.input;
  const image = new Float32Array(channels * height * width);
  randomStream(9, "draw", 0, 0).fillNormal(image, 0, 1);
  const parameters = networkParameters(network).map(
    ({ name, shape }) => [name, referenceTensor(shape, weights.get(name)!)] as const,
  );
  const feeds = { image: referenceTensor([1, channels, height, width], image) };
  const { outputs } = interpret(inferenceGraph(network), { ...feeds, ...Object.fromEntries(parameters) });
  return [...outputs.get("logits")!.data];
}

/** Every third unit goes. */
const keptOf = ({ units }: CuttableLayer) =>
  Array.from({ length: units }, (_, unit) => unit).filter((unit) => unit % 3 !== 1);

/** The weights in which the same units give nothing but 0. */
function silenced(network: Network, weights: ReadonlyMap<string, Float32Array>) {
  const layers = cuttableLayers(network);
  return new Map(
    networkParameters(network).map(({ name, kind, shape }) => {
      const values = weights.get(name)!.slice();
      const own = name.replace(/\/.*$/, "");
      const layer = layers.find(({ id, norm = id }) => norm === own);
      if (layer === undefined || /^moving/.test(kind)) return [name, values];
      const isDenseKernel = kind === "kernel" && shape.length === 2;
      const perUnit = values.length / layer.units;
      const unitOf = (at: number) => (isDenseKernel ? at % layer.units : Math.floor(at / perUnit));
      return [name, values.map((value, at) => (unitOf(at) % 3 === 1 ? 0 : value))];
    }),
  );
}

const conv = (id: string, filters: number, groups = 1): Layer => ({
  type: "conv2d",
  ...{ id, filters, groups, padding: "same", activation: "relu" },
  kernelSize: [3, 3],
  strides: [1, 1],
});

it("of grouped convolutions nothing is cut, nor of what they read", () => {
  const network: Network = {
    formatVersion: 1,
    name: "grouped",
    input: { channels: 3, height: 8, width: 8 },
    layers: [
      ...[conv("whole", 12), conv("read", 8), conv("grouped", 16, 2), conv("twice", 32, 16)],
      { type: "flatten", id: "flatten" },
      ...[6, 3].map((units) => ({ type: "dense", id: `of${units}`, units, activation: "linear" }) as const),
    ],
  };
  const layers = cuttableLayers(network);
  expect(layers.map(({ id }) => id)).toEqual(["whole", "of6"]);
  const weights = drawnWeights(network);
  const kept = new Map(layers.map((layer) => [layer.id, keptOf(layer)]));
  const cut = withUnits(network, new Map([...kept].map(([id, units]) => [id, units.length])));
  expect(logits(cut, cutWeights(network, weights, kept))).toEqual(
    logits(network, silenced(network, weights)).map((value) => expect.closeTo(value, 5)),
  );
});

it.each([
  ["alexnet", 67, ["conv1", "conv2", "conv3", "conv4", "conv5", "dense1", "dense2"]],
  [
    "resnet18",
    33,
    Array.from({ length: 8 }, (_, at) => `stage${1 + (at >> 1)}Block${1 + (at % 2)}FirstConv`),
  ],
  ["mobilenet-v2", 33, expect.arrayContaining(["stage2Block1ExpansionConv", "topConv"])],
] as const)("%s without units computes what it does when they are silent", (name, imageSize, ids) => {
  const network = networks[name]({ classes: 3, imageSize, width: 0.05 });
  const layers = cuttableLayers(network);
  expect(layers.map(({ id }) => id)).toEqual(ids);
  const weights = drawnWeights(network);
  const kept = new Map(layers.map((layer) => [layer.id, keptOf(layer)]));
  const cut = withUnits(network, new Map([...kept].map(([id, units]) => [id, units.length])));
  expect(logits(cut, cutWeights(network, weights, kept))).toEqual(
    logits(network, silenced(network, weights)).map((value) => expect.closeTo(value, 5)),
  );
});
