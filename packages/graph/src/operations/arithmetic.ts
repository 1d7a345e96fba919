// Element-wise arithmetic with NumPy's broadcasting (ONNX Add, Sub, Mul, Div, Min; opset 14).

import { at, type ReferenceTensor, tabulate } from "../interpreter/reference-tensor.js";
import type { NoAttributes, Tensor } from "../operation.js";
import { defineOperation, firstGradient, floats, notDifferentiable, type Operation } from "../operation.js";
import { broadcastShapes, knownShape, shapeError } from "../shapes.js";
import { constant } from "./constant.js";
import { sumTo } from "./sum-and-broadcast.js";

type Elementwise = Operation<NoAttributes, ["any", "any"], ["any"]>;

function elementwise(
  name: string,
  apply: (a: number, b: number) => number,
  gradient: Elementwise["gradient"],
): Elementwise {
  return defineOperation<NoAttributes, ["any", "any"]>({
    name,
    inputs: [floats(), floats()],
    infer(inputs) {
      const [a, b] = inputs;
      const shape = broadcastShapes(a.shape, b.shape);
      if (!shape) throw shapeError(name, inputs, "the shapes do not broadcast");
      return [{ dtype: "float32", shape }];
    },
    gradient,
    evaluate([a, b]) {
      const shape = knownShape(name, broadcastShapes(a.shape, b.shape)!);
      return [
        tabulate(shape, (coordinates) => apply(broadcastAt(a, coordinates), broadcastAt(b, coordinates))),
      ];
    },
  });
}

/** The element that broadcasting reads for `coordinates` of the result. */
function broadcastAt(tensor: ReferenceTensor, coordinates: readonly number[]): number {
  const skipped = coordinates.length - tensor.shape.length;
  return at(tensor, ...tensor.shape.map((length, axis) => (length === 1 ? 0 : coordinates[axis + skipped]!)));
}

export const addOperation = elementwise(
  "add",
  (a, b) => a + b,
  (context) => {
    const [a, b] = context.inputs;
    const gradient = firstGradient(context);
    return [sumTo(gradient, a), sumTo(gradient, b)];
  },
);

export const subtractOperation = elementwise(
  "subtract",
  (a, b) => a - b,
  (context) => {
    const [a, b] = context.inputs;
    const gradient = firstGradient(context);
    return [sumTo(gradient, a), sumTo(negate(gradient), b)];
  },
);

export const multiplyOperation = elementwise(
  "multiply",
  (a, b) => a * b,
  (context) => {
    const [a, b] = context.inputs;
    const gradient = firstGradient(context);
    return [sumTo(multiply(gradient, b), a), sumTo(multiply(gradient, a), b)];
  },
);

export const divideOperation = elementwise(
  "divide",
  (a, b) => a / b,
  (context) => {
    const [a, b] = context.inputs;
    const [quotient] = context.outputs;
    const overB = divide(firstGradient(context), b);
    return [sumTo(overB, a), sumTo(negate(multiply(overB, quotient)), b)];
  },
);

export const minimumOperation = elementwise("minimum", Math.min, notDifferentiable("only updates use it"));

export const add = (a: Tensor, b: Tensor): Tensor => a.builder.apply(addOperation, [a, b], {})[0];
export const subtract = (a: Tensor, b: Tensor): Tensor => a.builder.apply(subtractOperation, [a, b], {})[0];
export const multiply = (a: Tensor, b: Tensor): Tensor => a.builder.apply(multiplyOperation, [a, b], {})[0];
export const divide = (a: Tensor, b: Tensor): Tensor => a.builder.apply(divideOperation, [a, b], {})[0];
export const minimum = (a: Tensor, b: Tensor): Tensor => a.builder.apply(minimumOperation, [a, b], {})[0];
const negate = (a: Tensor): Tensor => multiply(a, constant(a.builder, -1));
