// Operations of which each element follows from one element of each operand.
import type { NoAttributes } from "../../operation.js";
import type { DType } from "../../types.js";
import { broadcastIndex, channelIndex } from "../indices.js";
import type { KernelTensor } from "../kernel.js";
import type { ElementLowering, Lowering } from "../lowering.js";

/** An expression of the operand's element. */
const unary = (apply: (x: string) => string): ElementLowering<NoAttributes, ["any"], ["any"]> => ({
  element: ({ inputs: [x] }, index) => apply(x.load(index)),
});

/** An expression of the operands' elements, which broadcasting repeats. */
const binary = (
  apply: (a: string, b: string) => string,
): ElementLowering<NoAttributes, ["any", "any"], ["any"]> => ({
  element({ inputs: [a, b], outputs: [{ shape }] }, index) {
    const element = (operand: KernelTensor) => operand.load(broadcastIndex(operand.shape, shape, index));
    return apply(element(a), element(b));
  },
});

export const add = binary((a, b) => `(${a} + ${b})`);
export const subtract = binary((a, b) => `(${a} - ${b})`);
export const multiply = binary((a, b) => `(${a} * ${b})`);
export const divide = binary((a, b) => `(${a} / ${b})`);
export const maximum = binary((a, b) => `max(${a}, ${b})`);
export const minimum = binary((a, b) => `min(${a}, ${b})`);
export const power = binary((a, b) => `power(${a}, ${b})`);
export const absolute = unary((x) => `abs(${x})`);
export const erf = unary((x) => `erf(${x})`);
export const exp = unary((x) => `exp(${x})`);
export const log = unary((x) => `log(${x})`);
export const sigmoid = unary((x) => `sigmoid(${x})`);
export const sqrt = unary((x) => `sqrt(${x})`);
export const tanh = unary((x) => `hyperbolicTangent(${x})`);
export const relu = unary((x) => `max(${x}, 0.0)`);
export const reluGradient = binary((gradient, output) => `select(0.0, ${gradient}, ${output} > 0.0)`);
export const equal = binary((a, b) => `select(0.0, 1.0, ${a} == ${b})`);
export const greater = binary((a, b) => `select(0.0, 1.0, ${a} > ${b})`);
export const less = binary((a, b) => `select(0.0, 1.0, ${a} < ${b})`);
export const logicalAnd = binary((a, b) => `(${a} * ${b})`);
export const logicalNot = unary((x) => `(1.0 - ${x})`);

/** The two that it chooses from are computed both. */
export const where: Lowering<"where"> = {
  element({ inputs: [condition, a, b], outputs: [{ shape }] }, index) {
    const element = (operand: KernelTensor) => operand.load(broadcastIndex(operand.shape, shape, index));
    return `select(${element(b)}, ${element(a)}, ${element(condition)} != 0.0)`;
  },
};

/** The elements of the first; the second lends its shape alone. */
export const broadcastLike: Lowering<"broadcastLike"> = {
  element: ({ inputs: [tensor], outputs: [{ shape }] }, index) =>
    tensor.load(broadcastIndex(tensor.shape, shape, index)),
};

const casts: { readonly [To in DType]: (value: string) => string } = {
  float32: (value) => value,
  int32: (value) => `trunc(${value})`,
  bool: (value) => `select(0.0, 1.0, ${value} != 0.0)`,
};

export const cast: Lowering<"cast"> = {
  element: ({ inputs: [input], attributes: { dtype } }, index) => casts[dtype](input.load(index)),
};

export const biasAdd: Lowering<"biasAdd"> = {
  element: ({ inputs: [x, bias] }, index) =>
    `(${x.load(index)} + ${bias.load(channelIndex(x.shape, index))})`,
};
