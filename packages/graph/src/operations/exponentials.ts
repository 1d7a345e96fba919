// Exponential functions and the logarithm, element by element (ONNX Exp, Log, Sigmoid, Tanh; opset 13).
import { firstGradient, type Tensor } from "../operation.js";
import { divide, multiply, subtract } from "./arithmetic.js";
import { constant } from "./constant.js";
import { unary } from "./elementwise.js";

export const expOperation = unary("exp", Math.exp, (context) => [
  multiply(firstGradient(context), context.outputs[0]),
]);

export const logOperation = unary("log", Math.log, (context) => [
  divide(firstGradient(context), context.inputs[0]),
]);

/** 1 ÷ (1 + e⁻ˣ). */
export const sigmoidOperation = unary(
  "sigmoid",
  (x) => 1 / (1 + Math.exp(-x)),
  (context) => {
    const [y] = context.outputs;
    return [multiply(firstGradient(context), multiply(y, subtract(constant(y.builder, 1), y)))];
  },
);

export const tanhOperation = unary("tanh", Math.tanh, (context) => {
  const [y] = context.outputs;
  return [multiply(firstGradient(context), subtract(constant(y.builder, 1), multiply(y, y)))];
});

export const exp = (x: Tensor): Tensor => x.builder.apply(expOperation, [x], {})[0];
export const log = (x: Tensor): Tensor => x.builder.apply(logOperation, [x], {})[0];
export const sigmoid = (x: Tensor): Tensor => x.builder.apply(sigmoidOperation, [x], {})[0];
export const tanh = (x: Tensor): Tensor => x.builder.apply(tanhOperation, [x], {})[0];
