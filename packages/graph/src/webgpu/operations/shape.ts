// Operations that compute nothing.
import { indexAlong, stridesOf } from "../indices.js";
import type { Lowering } from "../lowering.js";
import { float } from "../wgsl.js";

export const constant: Lowering<"constant"> = { element: ({ attributes: { value } }) => float(value) };

export const reshape: Lowering<"reshape"> = { element: ({ inputs: [input] }, index) => input.load(index) };

export const transpose: Lowering<"transpose"> = {
  element({ inputs: [input], attributes: { permutation } }, index) {
    const strides = stridesOf(input.shape);
    const axes = permutation.map((axis) => ({ length: input.shape[axis]!, stride: strides[axis]! }));
    return input.load(indexAlong(axes, index));
  },
};
