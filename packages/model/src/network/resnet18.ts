import type { Layer } from "../layers/index.js";
import type { Network } from "./network.js";
import { normalisedConv2d } from "./normalised-conv2d.js";
import { scaledBy } from "./scaled-by.js";

export interface ResNet18Options {
  /** Number of classes, 2 or more. */
  readonly classes: number;
  /** Height and width of the input in pixels. Default 224. */
  readonly imageSize?: number;
  /** Scales the channels, to multiples of 4. Default 1. */
  readonly width?: number;
  /** Momentum of the moving statistics. Default 0.9. */
  readonly batchNormMomentum?: number;
}

/** Channels of the four stages, each of two blocks. */
const stages = [64, 128, 256, 512] as const;

/**
 * ResNet-18 (He et al. 2016, table 1), with the strides and pads of torchvision's. A thousand classes have
 * 11,689,512 trainable parameters.
 */
export function resnet18(options: ResNet18Options): Network {
  const { classes, imageSize = 224, width = 1, batchNormMomentum: momentum = 0.9 } = options;
  const scaled = scaledBy(width);

  const block = (name: string, input: string, filters: number, [stride, shortcut]: [number, boolean]) => {
    const window = { filters, kernelSize: [3, 3] as [number, number] };
    const strides: [number, number] = [stride, stride];
    const layers: Layer[] = [
      ...normalisedConv2d(
        `${name}First`,
        { ...window, strides, inputs: [input] },
        { momentum, activation: "relu" },
      ),
      ...normalisedConv2d(`${name}Second`, { ...window, strides: [1, 1] }, { momentum }),
      ...(shortcut
        ? normalisedConv2d(
            `${name}Shortcut`,
            { filters, kernelSize: [1, 1], strides, inputs: [input] },
            { momentum },
          )
        : []),
      {
        type: "add",
        id: `${name}Add`,
        inputs: [`${name}SecondBatchNorm`, shortcut ? `${name}ShortcutBatchNorm` : input],
      },
      { type: "activation", id: name, activation: "relu" },
    ];
    return layers;
  };

  return {
    formatVersion: 1,
    name: "resnet18",
    input: { channels: 3, height: imageSize, width: imageSize },
    layers: [
      ...normalisedConv2d(
        "stem",
        { filters: scaled(64), kernelSize: [7, 7], strides: [2, 2] },
        { momentum, activation: "relu" },
      ),
      { type: "maxPool2d", id: "maxPool", poolSize: [3, 3], strides: [2, 2], padding: [1, 1] },
      ...stages.flatMap((filters, index) => {
        const [stage, narrows] = [index + 1, index > 0];
        const before = narrows ? `stage${index}Block2` : "maxPool";
        return [
          ...block(`stage${stage}Block1`, before, scaled(filters), narrows ? [2, true] : [1, false]),
          ...block(`stage${stage}Block2`, `stage${stage}Block1`, scaled(filters), [1, false]),
        ];
      }),
      { type: "globalAveragePool2d", id: "globalAveragePool" },
      { type: "dense", id: "dense", units: classes, activation: "linear" },
    ],
  };
}
