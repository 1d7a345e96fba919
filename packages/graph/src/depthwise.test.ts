import { fromBinary } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { GraphBuilder } from "./builder.js";
import { gradients } from "./gradients.js";
import { ModelProtoSchema } from "./onnx/generated/onnx_pb.js";
import { toOnnx } from "./onnx/to-onnx.js";
import { conv2d } from "./operations/conv2d.js";
import { reduceSum } from "./operations/sum-and-broadcast.js";
import { signatureNodes } from "./tensorflow/signature.js";
import { TensorflowVariables } from "./tensorflow/variables.js";

/** A convolution of each channel, with both of its derivatives. */
function derived(channels: number) {
  const builder = new GraphBuilder("depthwise");
  const x = builder.variable("x", [2, channels, 6, 6]);
  const kernel = builder.variable("kernel", [channels, 1, 3, 3]);
  const y = conv2d(x, kernel, { strides: [1, 1], pads: [1, 1, 1, 1], dilations: [1, 1], groups: channels });
  gradients(builder, reduceSum(y, { axes: [0, 1, 2, 3] }), [x, kernel]).forEach((gradient, index) => {
    builder.output(`gradient${index}`, gradient);
  });
  builder.output("y", y);
  return builder.build();
}

it("takes as many nodes for 96 channels as for two, in both dialects", () => {
  const onnxNodes = (channels: number) =>
    fromBinary(ModelProtoSchema, toOnnx(derived(channels))).graph!.node.length;
  const tensorflowNodes = (channels: number) => {
    const graph = derived(channels);
    const variables = new TensorflowVariables();
    for (const { name, value } of graph.variables) variables.declare(name, graph.types[value]!);
    return signatureNodes("run", { graphs: [graph] }, variables).nodes.length;
  };
  expect(onnxNodes(96)).toBe(onnxNodes(2));
  expect(tensorflowNodes(96)).toBe(tensorflowNodes(2));
});
