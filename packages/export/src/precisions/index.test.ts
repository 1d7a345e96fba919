import { alexnet, bundlePrecisions, networkParameters, sizeOf } from "@fleuron/model";
import { expect, it } from "vitest";
import { storeParameter } from "./index.js";

/** Wide enough that all but the first convolution and the last dense layer have 65,536 weights. */
const parameters = networkParameters(alexnet({ classes: 5, width: 0.5, imageSize: 67 }));

it.each(bundlePrecisions)("%s stores each kernel in its own type, and all else as it is", (precision) => {
  const types = parameters.map((parameter) => {
    const stored = storeParameter(precision, parameter, new Float32Array(sizeOf(parameter.shape)));
    return [parameter.name, stored instanceof Float32Array ? "float32" : stored.type] as const;
  });
  const dense = precision === "compact" ? "int4" : precision;
  const convolution = dense === "int4" ? "int8" : dense;
  const small = precision === "float32" ? "float32" : "float16";
  expect(types.filter(([name]) => name.endsWith("/kernel"))).toEqual([
    ["conv1/kernel", small],
    ...[2, 3, 4, 5].map((index) => [`conv${index}/kernel`, convolution]),
    ["dense1/kernel", dense],
    ["dense2/kernel", dense],
    ["dense3/kernel", small],
  ]);
  expect(types.filter(([name, type]) => !name.endsWith("/kernel") && type !== "float32")).toEqual([]);
});

it("compact stores kernels in the bits that were measured, however small they are", () => {
  const measured = new Map([
    ["conv1/kernel", 4],
    ["dense1/kernel", 16],
    ["dense3/kernel", 8],
  ] as const);
  const typeOf = (name: string) => {
    const parameter = parameters.find((each) => each.name === name)!;
    const stored = storeParameter("compact", parameter, new Float32Array(sizeOf(parameter.shape)), measured);
    return stored instanceof Float32Array ? "float32" : stored.type;
  };
  expect(["conv1", "conv2", "dense1", "dense3"].map((layer) => typeOf(`${layer}/kernel`))).toEqual([
    "int4",
    "int8",
    "float16",
    "int8",
  ]);
});
