import { at, tabulate } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { anything, defineOperation, firstGradient } from "../operation.js";
import { shapeError } from "../shapes.js";

/** Axis `i` of the result is axis `permutation[i]` of the input (ONNX Transpose). */
export const transposeOperation = defineOperation<{ permutation: readonly number[] }, ["any"]>({
  name: "transpose",
  inputs: [anything],
  infer(inputs, { permutation }) {
    const [{ dtype, shape }] = inputs;
    if (permutation.length !== shape.length || shape.some((_, axis) => !permutation.includes(axis))) {
      throw shapeError("transpose", inputs, `[${permutation.join(", ")}] is no permutation of its axes`);
    }
    return [{ dtype, shape: permutation.map((axis) => shape[axis]!) }];
  },
  gradient(context) {
    const { permutation } = context.attributes;
    return [
      transpose(
        firstGradient(context),
        permutation.map((_, axis) => permutation.indexOf(axis)),
      ),
    ];
  },
  evaluate([input], { permutation }) {
    const shape = permutation.map((axis) => input.shape[axis]!);
    return [
      tabulate(shape, (c) => at(input, ...input.shape.map((_, axis) => c[permutation.indexOf(axis)]!))),
    ];
  },
});

export const transpose = (tensor: Tensor, permutation: readonly number[]): Tensor =>
  tensor.builder.apply(transposeOperation, [tensor], { permutation })[0];
