import { type Network, randomStream } from "@fleuron/model";

/**
 * A network with every kind of layer that AlexNet has, a non-square input and few parameters.
 * Input 3×31×27; `classes` logits.
 */
export const tinyNetwork = (classes = 4): Network => ({
  formatVersion: 1,
  name: "tiny",
  input: { channels: 3, height: 31, width: 27 },
  layers: [
    {
      type: "conv2d",
      id: "conv1",
      filters: 8,
      kernelSize: [5, 5],
      strides: [2, 2],
      padding: "valid",
      activation: "relu",
    },
    { type: "batchNorm", id: "batchNorm1", epsilon: 1e-3, momentum: 0.9 },
    { type: "maxPool2d", id: "maxPool1", poolSize: [3, 3], strides: [2, 2] },
    {
      type: "conv2d",
      id: "conv2",
      filters: 8,
      kernelSize: [3, 3],
      strides: [1, 1],
      padding: "same",
      activation: "relu",
    },
    { type: "batchNorm", id: "batchNorm2", epsilon: 1e-3, momentum: 0.9 },
    { type: "maxPool2d", id: "maxPool2", poolSize: [3, 3], strides: [2, 2] },
    { type: "flatten", id: "flatten" },
    { type: "dense", id: "dense1", units: 16, activation: "relu" },
    { type: "dropout", id: "dropout1", rate: 0.5 },
    { type: "dense", id: "dense2", units: classes, activation: "linear" },
  ],
});

/** Photos that a network can tell apart: noise, with a bright patch whose place and colour depend on the class. */
export function drawnBatch(network: Network, size: number, seed: number) {
  const { channels, height, width } = network.input;
  const last = network.layers.at(-1);
  const classes = last?.type === "dense" ? last.units : 2;
  const random = randomStream(seed, "augment", 0, 0);
  const images = new Float32Array(size * channels * height * width);
  random.fillUniform(images, -0.5, 0.5);
  const targets = new Float32Array(size * classes);
  const labels = Array.from({ length: size }, (_, photo) => photo % classes);
  labels.forEach((label, photo) => {
    targets[photo * classes + label] = 1;
    const top = Math.floor(((height - 8) * label) / classes);
    for (let row = top; row < top + 8; row++) {
      const start = ((photo * channels + (label % channels)) * height + row) * width + label * 2;
      images.fill(1.5, start, start + 8);
    }
  });
  return { size, images, targets, sampleWeights: new Float32Array(size).fill(1), normalizer: size, labels };
}
