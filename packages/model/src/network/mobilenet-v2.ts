import type { Layer } from "../layers/index.js";
import type { Network } from "./network.js";
import { normalisedConv2d } from "./normalised-conv2d.js";
import { scaledInEights } from "./scaled-by.js";

export interface MobileNetV2Options {
  /** Number of classes, 2 or more. */
  readonly classes: number;
  /** Height and width of the input in pixels. Default 224. */
  readonly imageSize?: number;
  /** Scales the channels, to multiples of 8; the last ones only up. Default 1. */
  readonly width?: number;
  /** Momentum of the moving statistics. Default 0.9. */
  readonly batchNormMomentum?: number;
}

/** Table 2 of the paper: how much a block widens its channels, what it gives, how often, and the stride of the first. */
const stages = [
  { expansion: 1, filters: 16, blocks: 1, stride: 1 },
  { expansion: 6, filters: 24, blocks: 2, stride: 2 },
  { expansion: 6, filters: 32, blocks: 3, stride: 2 },
  { expansion: 6, filters: 64, blocks: 4, stride: 2 },
  { expansion: 6, filters: 96, blocks: 3, stride: 1 },
  { expansion: 6, filters: 160, blocks: 3, stride: 2 },
  { expansion: 6, filters: 320, blocks: 1, stride: 1 },
] as const;

/**
 * MobileNetV2 (Sandler et al. 2018), with torchvision's pads and its dropout of 0.2 before the last layer. A thousand
 * classes have 3,504,872 trainable parameters.
 */
export function mobilenetV2(options: MobileNetV2Options): Network {
  const { classes, imageSize = 224, width = 1, batchNormMomentum: momentum = 0.9 } = options;
  const scaled = scaledInEights(width);
  const rising = scaledInEights(Math.max(1, width));
  const bent = { momentum, activation: "relu6" } as const;

  let [last, channels] = ["stemActivation", scaled(32)];
  /** An inverted residual: widened, each channel convolved by itself, and narrowed without an activation. */
  const block = (name: string, expansion: number, filters: number, stride: number): readonly Layer[] => {
    const wide = channels * expansion;
    const strides: [number, number] = [stride, stride];
    const layers: Layer[] = [
      ...(expansion > 1
        ? normalisedConv2d(`${name}Expansion`, { filters: wide, kernelSize: [1, 1], strides: [1, 1] }, bent)
        : []),
      ...normalisedConv2d(
        `${name}Depthwise`,
        { filters: wide, kernelSize: [3, 3], strides, groups: wide },
        bent,
      ),
      ...normalisedConv2d(
        `${name}Projection`,
        { filters, kernelSize: [1, 1], strides: [1, 1] },
        { momentum },
      ),
    ];
    const projected = `${name}ProjectionBatchNorm`;
    const shortcut = stride === 1 && channels === filters;
    if (shortcut) layers.push({ type: "add", id: `${name}Add`, inputs: [projected, last] });
    [last, channels] = [shortcut ? `${name}Add` : projected, filters];
    return layers;
  };

  return {
    formatVersion: 1,
    name: "mobilenet-v2",
    input: { channels: 3, height: imageSize, width: imageSize },
    layers: [
      ...normalisedConv2d("stem", { filters: scaled(32), kernelSize: [3, 3], strides: [2, 2] }, bent),
      ...stages.flatMap(({ expansion, filters, blocks, stride }, stage) =>
        Array.from({ length: blocks }, (_, index) =>
          block(`stage${stage + 1}Block${index + 1}`, expansion, scaled(filters), index === 0 ? stride : 1),
        ).flat(),
      ),
      ...normalisedConv2d("top", { filters: rising(1280), kernelSize: [1, 1], strides: [1, 1] }, bent),
      { type: "globalAveragePool2d", id: "globalAveragePool" },
      { type: "dropout", id: "dropout", rate: 0.2 },
      { type: "dense", id: "dense", units: classes, activation: "linear" },
    ],
  };
}
