import { describe, expect, it } from "vitest";
import { alexnet } from "./alexnet.js";
import { networkClasses, networkParameters, resolveNetwork } from "./network.js";
import { summarise } from "./summary.js";

const outputs = (imageSize: number) =>
  Object.fromEntries(
    summarise(alexnet({ classes: 5, imageSize })).rows.map(({ id, output }) => [id, output]),
  );

describe("alexnet", () => {
  it("has the notebook's shapes and parameter counts at 227", () => {
    const summary = summarise(alexnet({ classes: 5 }));
    expect(summary.parameters).toBe(58_307_333);
    expect(summary.trainable).toBe(58_304_581);
    expect(outputs(227)).toMatchObject({
      conv1: [55, 55, 96],
      maxPool1: [27, 27, 96],
      conv2: [27, 27, 256],
      maxPool2: [13, 13, 256],
      conv3: [13, 13, 384],
      conv4: [13, 13, 384],
      conv5: [13, 13, 256],
      maxPool5: [6, 6, 256],
      flatten: [9216],
      dense1: [4096],
      dense3: [5],
    });
  });

  it("has the notebook's experiment at 224", () => {
    expect(outputs(224)).toMatchObject({
      conv1: [54, 54, 96],
      maxPool1: [26, 26, 96],
      maxPool2: [12, 12, 256],
      maxPool5: [5, 5, 256],
      flatten: [6400],
    });
  });

  it("scales its channels and hidden units but not its classes", () => {
    const network = alexnet({ classes: 7, width: 0.125 });
    expect(networkClasses(network)).toBe(7);
    expect(networkParameters(network)[0]!.shape).toEqual([12, 3, 11, 11]);
  });

  it("says which layer an image is too small for", () => {
    expect(() => resolveNetwork(alexnet({ classes: 5, imageSize: 32 }))).toThrow(
      /Layer 'maxPool2'.*does not fit/,
    );
  });
});
