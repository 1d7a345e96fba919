// Element-wise arithmetic with NumPy's broadcasting (ONNX Add, Sub, Mul, Div; opset 14).
import { firstGradient, type Tensor } from "../operation.js";
import { constant } from "./constant.js";
import { binary } from "./elementwise.js";
import { sumTo } from "./sum-and-broadcast.js";

export const addOperation = binary(
  "add",
  (a, b) => a + b,
  (context) => {
    const [a, b] = context.inputs;
    const gradient = firstGradient(context);
    return [sumTo(gradient, a), sumTo(gradient, b)];
  },
);

export const subtractOperation = binary(
  "subtract",
  (a, b) => a - b,
  (context) => {
    const [a, b] = context.inputs;
    const gradient = firstGradient(context);
    return [sumTo(gradient, a), sumTo(negate(gradient), b)];
  },
);

export const multiplyOperation = binary(
  "multiply",
  (a, b) => a * b,
  (context) => {
    const [a, b] = context.inputs;
    const gradient = firstGradient(context);
    return [sumTo(multiply(gradient, b), a), sumTo(multiply(gradient, a), b)];
  },
);

export const divideOperation = binary(
  "divide",
  (a, b) => a / b,
  (context) => {
    const [a, b] = context.inputs;
    const [quotient] = context.outputs;
    const overB = divide(firstGradient(context), b);
    return [sumTo(overB, a), sumTo(negate(multiply(overB, quotient)), b)];
  },
);

export const add = (a: Tensor, b: Tensor): Tensor => a.builder.apply(addOperation, [a, b], {})[0];
export const subtract = (a: Tensor, b: Tensor): Tensor => a.builder.apply(subtractOperation, [a, b], {})[0];
export const multiply = (a: Tensor, b: Tensor): Tensor => a.builder.apply(multiplyOperation, [a, b], {})[0];
export const divide = (a: Tensor, b: Tensor): Tensor => a.builder.apply(divideOperation, [a, b], {})[0];
export const negate = (a: Tensor): Tensor => multiply(a, constant(a.builder, -1));
