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
  const convolution = precision === "int4" ? "int8" : precision;
  const small = precision === "float32" ? "float32" : "float16";
  expect(types.filter(([name]) => name.endsWith("/kernel"))).toEqual([
    ["conv1/kernel", small],
    ...[2, 3, 4, 5].map((index) => [`conv${index}/kernel`, convolution]),
    ["dense1/kernel", precision],
    ["dense2/kernel", precision],
    ["dense3/kernel", small],
  ]);
  expect(types.filter(([name, type]) => !name.endsWith("/kernel") && type !== "float32")).toEqual([]);
});
