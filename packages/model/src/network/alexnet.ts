import type { Layer } from "../layers/index.js";
import type { Network } from "./network.js";
import { scaledBy } from "./scaled-by.js";

export interface AlexNetOptions {
  /** Number of classes, 2 or more. */
  readonly classes: number;
  /** Height and width of the input in pixels. Default 227. */
  readonly imageSize?: number;
  /** Scales the channels and the hidden units, to multiples of 4. Default 1. */
  readonly width?: number;
  /** Dropout rate of the two hidden dense layers. Default 0.5. */
  readonly dropout?: number;
  /** Momentum of the moving statistics. Default 0.99. */
  readonly batchNormMomentum?: number;
}

/**
 * AlexNet (Krizhevsky et al. 2012) on a single tower, with batch normalisation after each convolution's ReLU
 * in place of local response normalisation. Five classes at 227×227 have 58,307,333 parameters.
 */
export function alexnet(options: AlexNetOptions): Network {
  const { classes, imageSize = 227, width = 1, dropout = 0.5, batchNormMomentum = 0.99 } = options;
  const scaled = scaledBy(width);

  const convolution = (index: number, filters: number, kernel: number, stride: number): Layer[] => [
    {
      type: "conv2d",
      id: `conv${index}`,
      filters: scaled(filters),
      kernelSize: [kernel, kernel],
      strides: [stride, stride],
      padding: stride === 1 ? "same" : "valid",
      activation: "relu",
    },
    { type: "batchNorm", id: `batchNorm${index}`, epsilon: 1e-3, momentum: batchNormMomentum },
  ];
  const pool = (index: number): Layer => ({
    type: "maxPool2d",
    id: `maxPool${index}`,
    poolSize: [3, 3],
    strides: [2, 2],
  });
  const hidden = (index: number): Layer[] => [
    { type: "dense", id: `dense${index}`, units: scaled(4096), activation: "relu" },
    { type: "dropout", id: `dropout${index}`, rate: dropout },
  ];

  return {
    formatVersion: 1,
    name: "alexnet",
    input: { channels: 3, height: imageSize, width: imageSize },
    layers: [
      ...convolution(1, 96, 11, 4),
      pool(1),
      ...convolution(2, 256, 5, 1),
      pool(2),
      ...convolution(3, 384, 3, 1),
      ...convolution(4, 384, 3, 1),
      ...convolution(5, 256, 3, 1),
      pool(5),
      { type: "flatten", id: "flatten" },
      ...hidden(1),
      ...hidden(2),
      { type: "dense", id: "dense3", units: classes, activation: "linear" },
    ],
  };
}
