import { describe, expect, it } from "vitest";
import { networkClasses, networkParameters, resolveNetwork } from "./network.js";
import { networks } from "./networks.js";
import { summarise } from "./summary.js";

const shapes = (name: "resnet18" | "mobilenet-v2", imageSize: number) =>
  Object.fromEntries(
    summarise(networks[name]({ classes: 5, imageSize })).rows.map(({ id, output }) => [id, output]),
  );

describe("resnet18", () => {
  it("has torchvision's parameters and shapes", () => {
    expect(summarise(networks.resnet18({ classes: 1000 })).trainable).toBe(11_689_512);
    expect(shapes("resnet18", 224)).toMatchObject({
      stemConv: [112, 112, 64],
      maxPool: [56, 56, 64],
      stage1Block2: [56, 56, 64],
      stage2Block1ShortcutConv: [28, 28, 128],
      stage4Block2: [7, 7, 512],
      globalAveragePool: [512],
      dense: [5],
    });
  });
});

describe("mobilenet-v2", () => {
  it("has torchvision's parameters and shapes", () => {
    expect(summarise(networks["mobilenet-v2"]({ classes: 1000 })).trainable).toBe(3_504_872);
    expect(shapes("mobilenet-v2", 224)).toMatchObject({
      stemConv: [112, 112, 32],
      stage1Block1ProjectionConv: [112, 112, 16],
      stage2Block1DepthwiseConv: [56, 56, 96],
      stage2Block2Add: [56, 56, 24],
      stage7Block1ProjectionBatchNorm: [7, 7, 320],
      topConv: [7, 7, 1280],
    });
  });

  it("narrows with its width, but for its last channels", () => {
    const half = networkParameters(networks["mobilenet-v2"]({ classes: 5, width: 0.5 }));
    const filters = ["stem", "stage2Block1Projection", "top"].map(
      (part) => half.find(({ name }) => name === `${part}Conv/kernel`)!.shape[0],
    );
    // 12 channels are nearer to 8, which would lose a third.
    expect(filters).toEqual([16, 16, 1280]);
  });
});

describe.each(Object.keys(networks) as (keyof typeof networks)[])("%s", (name) => {
  it("distinguishes as many classes as it is asked to, at any size that fits", () => {
    expect(networkClasses(networks[name]({ classes: 7, imageSize: 99, width: 0.25 }))).toBe(7);
  });

  it("has each of its layers read by another, or as its logits", () => {
    const layers = resolveNetwork(networks[name]({ classes: 5 }));
    const read = new Set(layers.flatMap(({ inputIds }) => inputIds));
    expect(layers.filter(({ layer }) => !read.has(layer.id))).toEqual([layers.at(-1)]);
  });

  it("refuses a width that is not a positive number", () => {
    expect(() => networks[name]({ classes: 5, width: -1 })).toThrow(/'width'/);
  });
});
