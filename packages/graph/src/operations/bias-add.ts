import { offsetOf, tabulate } from "../interpreter/reference-tensor.js";
import type { NoAttributes, Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats } from "../operation.js";
import { float32, shapeError } from "../shapes.js";
import { reduceSum } from "./sum-and-broadcast.js";

/** x [batch, channels, …] plus bias [channels] (ONNX Add of the reshaped bias, or the bias of Conv and Gemm). */
export const biasAddOperation = defineOperation<NoAttributes, ["any", 1]>({
  name: "biasAdd",
  inputs: [floats(), floats(1)],
  infer(inputs) {
    const [{ shape }, bias] = inputs;
    if (shape.length < 2 || shape[1] !== bias.shape[0])
      throw shapeError("biasAdd", inputs, "the bias needs one element per channel");
    return [float32(shape)];
  },
  gradient(context) {
    const gradient = firstGradient(context);
    const axes = gradient.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
    return [gradient, reduceSum(gradient, { axes })];
  },
  evaluate: ([x, bias]) => [tabulate(x.shape, (c) => x.data[offsetOf(x.shape, c)]! + bias.data[c[1]!]!)],
});

export const biasAdd = (x: Tensor, bias: Tensor): Tensor =>
  x.builder.apply(biasAddOperation, [x, bias], {})[0];
