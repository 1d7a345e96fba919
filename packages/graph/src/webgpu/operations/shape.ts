// Operations that compute nothing.
import { sizeOf } from "@fleuron/model";
import { boundaries } from "../../operations/boundaries.js";
import { indexAlong, stridesOf } from "../indices.js";
import type { Kernel } from "../kernel.js";
import type { Lowering } from "../lowering.js";
import { float, sum } from "../wgsl.js";

export const constant: Lowering<"constant"> = { element: ({ attributes: { value } }) => float(value) };

export const constantTensor: Lowering<"constantTensor"> = {
  element: ({ attributes: { values }, constant: numbers }, index) => numbers(values).load(index),
};

export const reshape: Lowering<"reshape"> = { element: ({ inputs: [input] }, index) => input.load(index) };

export const transpose: Lowering<"transpose"> = {
  element({ inputs: [input], attributes: { permutation } }, index) {
    const strides = stridesOf(input.shape);
    const axes = permutation.map((axis) => ({ length: input.shape[axis]!, stride: strides[axis]! }));
    return input.load(indexAlong(axes, index));
  },
};

export const slice: Lowering<"slice"> = {
  element({ inputs: [x], outputs: [y], attributes: { axis, start } }, index) {
    const inner = sizeOf(x.shape.slice(axis + 1));
    const [from, to] = [inner * x.shape[axis]!, inner * y.shape[axis]!];
    const whole = sizeOf(x.shape.slice(0, axis)) === 1;
    const place = whole ? index : `${index} / ${to}u * ${from}u + ${index} % ${to}u`;
    return x.load(start === 0 ? place : `${place} + ${start * inner}u`);
  },
};

/** An invocation copies an element, or fills one. */
export const pad: Lowering<"pad"> = {
  loadsOnce: true,
  kernels({ inputs: [x], outputs: [y], attributes: { before, value } }) {
    const [from, to] = [stridesOf(x.shape), stridesOf(y.shape)];
    const padded = x.shape.flatMap((length, axis) => (length === y.shape[axis] ? [] : [axis]));
    /** A place in front of the first one is a huge number, and so behind the last one. */
    const place = (axis: number) =>
      `i / ${to[axis]}u % ${y.shape[axis]}u${before[axis] === 0 ? "" : ` - ${before[axis]}u`}`;
    const index = sum(
      x.shape.map((_, axis) => `${padded.includes(axis) ? `p${axis}` : place(axis)} * ${from[axis]}u`),
    );
    const item = `
${padded.map((axis) => `let p${axis} = ${place(axis)};`).join("\n")}
var value = ${float(value)};
if (${padded.map((axis) => `p${axis} < ${x.shape[axis]}u`).join(" && ")}) {
  let place = ${index};
  value = ${x.load("place")};
}
${y.store("i", "value")}`;
    return [{ work: { items: sizeOf(y.shape), item } }];
  },
};

/** Tensors that one kernel copies: a device need not bind more than eight buffers at once. */
const TOGETHER = 4;

/** An invocation copies an element. */
export const concat: Lowering<"concat"> = {
  kernels({ inputs, outputs: [y], attributes: { axis } }) {
    const inner = sizeOf(y.shape.slice(axis + 1));
    const ends = boundaries(inputs, axis);
    const kernelOf = (from: number, to: number): Kernel => {
      const [begin, length] = [ends[from]! * inner, (ends[to]! - ends[from]!) * inner];
      const copies = inputs.slice(from, to).map((x, index) => {
        const [start, end] = [ends[from + index]! * inner - begin, ends[from + index + 1]! * inner - begin];
        return `if (place < ${end}u) { value = ${x.load(`(outer * ${end - start}u + place - ${start}u)`)}; }`;
      });
      const item = `
let outer = i / ${length}u;
let place = i % ${length}u;
var value = 0.0;
${copies.join("\nelse ")}
let goal = outer * ${inner * y.shape[axis]!}u + place + ${begin}u;
${y.store("goal", "value")}`;
      return { work: { items: (sizeOf(y.shape) / (y.shape[axis]! * inner)) * length, item } };
    };
    return Array.from({ length: Math.ceil(inputs.length / TOGETHER) }, (_, part) =>
      kernelOf(part * TOGETHER, Math.min((part + 1) * TOGETHER, inputs.length)),
    );
  },
};
