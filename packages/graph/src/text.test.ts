import type { Network } from "@fleuron/model";
import { expect, it } from "vitest";
import { GraphBuilder } from "./builder.js";
import { trainingGraph } from "./network.js";
import { gather } from "./operations/gather.js";
import { graphText } from "./text.js";

const network: Network = {
  formatVersion: 1,
  name: "small",
  input: { channels: 1, height: 4, width: 4 },
  layers: [
    {
      type: "conv2d",
      id: "conv",
      filters: 2,
      kernelSize: [3, 3],
      strides: [1, 1],
      padding: "valid",
      activation: "relu",
    },
    { type: "flatten", id: "flatten" },
    { type: "dropout", id: "dropout", rate: 0.25 },
    { type: "dense", id: "dense", units: 3, activation: "linear" },
  ],
};

it("writes a training graph so that a person can follow it", () => {
  expect(graphText(trainingGraph(network))).toMatchInlineSnapshot(`
    "graph small-training
      input image: float32[batch, 1, 4, 4] (image)
      input dropout/mask: float32[batch, 8] (dropoutMask, keeps 0.75)
      input targets: float32[batch, 3] (target)
      input sampleWeights: float32[batch] (sampleWeight)
      input normalizer: float32[] (scalar)
      variable conv/kernel: float32[2, 1, 3, 3]
      variable conv/bias: float32[2]
      variable dense/kernel: float32[8, 3]
      variable dense/bias: float32[3]
      # conv
      %9: float32[batch, 2, 2, 2] = conv2d(image, conv/kernel) {strides: [1,1], pads: [0,0,0,0], dilations: [1,1], groups: 1}
      %10: float32[batch, 2, 2, 2] = biasAdd(%9, conv/bias)
      %11: float32[batch, 2, 2, 2] = relu(%10)
      # flatten
      %12: float32[batch, 8] = reshape(%11) {shape: ["batch",8]}
      # dropout
      %13: float32[batch, 8] = multiply(%12, dropout/mask)
      # dense
      %14: float32[batch, 3] = matMul(%13, dense/kernel) {transposeA: false, transposeB: false}
      %15: float32[batch, 3] = biasAdd(%14, dense/bias)
      # loss
      %16: float32[batch] = softmaxCrossEntropy(%15, targets)
      %17: float32[batch] = multiply(%16, sampleWeights)
      %18: float32[] = reduceSum(%17) {axes: [0], keepDimensions: false}
      %19: float32[] = divide(%18, normalizer)
      %20: int32[batch] = argMax(%15)
      %21: int32[batch] = argMax(targets)
      %22: bool[batch] = equal(%20, %21)
      %23: float32[batch] = cast(%22) {dtype: "float32"}
      %24: float32[batch] = multiply(%23, sampleWeights)
      %25: float32[] = reduceSum(%24) {axes: [0], keepDimensions: false}
      %26: float32[] = constant() {value: 1}
      # gradient
      %27: float32[] = divide(%26, normalizer)
      %28: float32[1] = reshape(%27) {shape: [1]}
      %29: float32[batch] = broadcastLike(%28, %17)
      %30: float32[batch] = multiply(%29, sampleWeights)
      %31: float32[batch, 3] = softmaxCrossEntropyGradient(%15, targets)
      %32: float32[batch, 1] = reshape(%30) {shape: ["batch",1]}
      %33: float32[batch, 3] = multiply(%31, %32)
      # gradient/dense
      %34: float32[3] = reduceSum(%33) {axes: [0], keepDimensions: false}
      %35: float32[batch, 8] = matMul(%33, dense/kernel) {transposeA: false, transposeB: true}
      %36: float32[8, 3] = matMul(%13, %33) {transposeA: true, transposeB: false}
      # gradient/dropout
      %37: float32[batch, 8] = multiply(%35, dropout/mask)
      # gradient/flatten
      %38: float32[batch, 2, 2, 2] = reshape(%37) {shape: ["batch",2,2,2]}
      # gradient/conv
      %39: float32[batch, 2, 2, 2] = reluGradient(%38, %11)
      %40: float32[2] = reduceSum(%39) {axes: [0,2,3], keepDimensions: false}
      %41: float32[2, 1, 3, 3] = conv2dKernelGradient(image, %39) {strides: [1,1], pads: [0,0,0,0], dilations: [1,1], groups: 1, size: [3,3]}
      output loss = %19
      output correctCount = %25
      output gradient/conv/kernel = %41
      output gradient/conv/bias = %40
      output gradient/dense/kernel = %36
      output gradient/dense/bias = %34
    "
  `);
});

it("cuts long lists short", () => {
  const builder = new GraphBuilder("far");
  const x = builder.variable("x", [3000]);
  const backwards = Array.from({ length: 3000 }, (_, index) => 2999 - index);
  builder.output("y", gather(x, backwards, 0));
  expect(graphText(builder.build())).toContain(
    "gather(x) {indices: [2999,2998,2997,2996,2995,2994,2993,2992,… 3000 in all], axis: 0}",
  );
});
