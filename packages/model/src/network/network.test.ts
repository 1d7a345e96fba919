import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { checked } from "../checked/index.js";
import { conv2dPads, conv2dSchema } from "../layers/conv2d.js";
import type { Layer } from "../layers/index.js";
import { type Network, networkSchema, resolveNetwork } from "./network.js";

const base: Network = {
  formatVersion: 1,
  name: "test",
  input: { channels: 2, height: 9, width: 12 },
  layers: [
    {
      type: "conv2d",
      id: "a",
      filters: 3,
      kernelSize: [3, 5],
      strides: [2, 1],
      padding: "valid",
      activation: "relu",
    },
    { type: "flatten", id: "b" },
    { type: "dense", id: "c", units: 4, activation: "linear" },
  ],
};

describe("a network as data", () => {
  it("passes its schema after a trip through JSON", () => {
    expect(v.parse(networkSchema, JSON.parse(JSON.stringify(base)))).toEqual(base);
  });

  it("follows non-square shapes", () => {
    expect(resolveNetwork(base).map(({ outputShape }) => outputShape)).toEqual([[3, 4, 8], [96], [4]]);
  });

  it("refuses doubled ids and inputs that come later", () => {
    expect(() =>
      resolveNetwork({ ...base, layers: [base.layers[0]!, { ...base.layers[1]!, id: "a" }] }),
    ).toThrow(/two layers/);
    expect(() =>
      resolveNetwork({ ...base, layers: [{ ...base.layers[0]!, inputs: ["c"] }, ...base.layers.slice(1)] }),
    ).toThrow(/'a' reads 'c'/);
  });

  it("lets any layer read the photo, whose name no layer has", () => {
    const again = { ...base.layers[1]!, inputs: ["image"] };
    const [, flattened] = resolveNetwork({ ...base, layers: [base.layers[0]!, again] });
    expect(flattened).toMatchObject({ inputIds: ["image"], outputShape: [2 * 9 * 12] });
    expect(() => resolveNetwork({ ...base, layers: [{ ...base.layers[0]!, id: "image" }] })).toThrow(
      "'image' is its input, and the id of no layer",
    );
  });

  it("says what is wrong with it in words that go on", () => {
    const problem = (change: object) =>
      checked(networkSchema, { ...base, layers: [{ ...base.layers[0], ...change }] });
    expect(problem({ id: "1" })).toEqual({
      problem: "'layers.0.id' must be a letter followed by letters and digits, but is '1'",
    });
    expect(problem({ padding: [1, 1, 1] })).toEqual({
      problem: "'layers.0.padding' must be valid, same or two numbers, but is [1,1,1]",
    });
    expect(problem({ strides: [1, 1, 1] })).toEqual({ problem: "'layers.0.strides.2' is unknown" });
  });

  it("names the layer whose input does not suit it", () => {
    expect(() => resolveNetwork({ ...base, layers: [base.layers[0]!, base.layers[2]!] })).toThrow(
      /Layer 'c': takes a vector but its input is \[3, 4, 8\]/,
    );
  });
});

describe("layers of residual networks", () => {
  const convolved: Layer = {
    type: "conv2d",
    id: "a",
    filters: 3,
    kernelSize: [3, 5],
    strides: [2, 1],
    padding: [1, 2],
    activation: "linear",
  };
  const resolved = (...layers: Layer[]) => resolveNetwork({ ...base, layers });
  const shapesOf = (...layers: Layer[]) => resolved(...layers).map(({ outputShape }) => outputShape);

  it("pads by numbers, on either side", () => {
    const pool = (padding?: [number, number]): Layer => ({
      type: "maxPool2d",
      id: "p",
      poolSize: [3, 3],
      strides: [2, 2],
      ...(padding && { padding }),
    });
    expect(shapesOf(convolved)).toEqual([[3, 5, 12]]);
    expect(shapesOf(pool())).toEqual([[2, 4, 5]]);
    expect(shapesOf(pool([1, 0]))).toEqual([[2, 5, 5]]);
    expect(() => resolved(pool([0, 2]))).toThrow("Layer 'p': its padding of 2 is above half its window of 3");
  });

  it("divides channels and filters into groups, with or without a bias", () => {
    const [grouped] = resolved({ ...convolved, filters: 4, groups: 2, bias: false });
    expect(grouped!.parameters.map(({ name, shape }) => [name, shape])).toEqual([["a/kernel", [4, 1, 3, 5]]]);
    expect(() => resolved({ ...convolved, groups: 2 })).toThrow(
      "Layer 'a': its 2 groups do not divide 2 channels and 3 filters",
    );
  });

  it("adds what has one shape, and takes the mean of a channel", () => {
    const sum = (...inputs: string[]): Layer => ({ type: "add", id: "s", inputs });
    expect(shapesOf(convolved, sum("a", "a"), { type: "globalAveragePool2d", id: "g" })).toEqual([
      [3, 5, 12],
      [3, 5, 12],
      [3],
    ]);
    expect(() => resolved(convolved, sum("a", "image"))).toThrow(
      "Layer 's': adds inputs of one shape but has [3, 5, 12] and [2, 9, 12]",
    );
    expect(() => resolved(convolved, sum("a"))).toThrow("adds two inputs or more but has 1");
  });
});

describe("'same' padding", () => {
  const layer = v.parse(conv2dSchema, {
    type: "conv2d",
    id: "a",
    filters: 1,
    kernelSize: [3, 4],
    strides: [2, 1],
    padding: "same",
    activation: "linear",
  });

  it("puts the odd pixel after, as TensorFlow does", () => {
    expect(conv2dPads(layer, [6, 7])).toEqual([0, 1, 1, 2]);
    expect(conv2dPads(layer, [7, 7])).toEqual([1, 1, 1, 2]);
  });
});
