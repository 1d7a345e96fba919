import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { anything, defineOperation, firstGradient, notDifferentiable } from "../operation.js";
import type { DType } from "../types.js";

/** Conversion to another dtype; to int32 towards zero, to bool "is not 0" (ONNX Cast). */
export const castOperation = defineOperation<{ dtype: DType }, ["any"]>({
  name: "cast",
  inputs: [anything],
  infer: ([{ shape }], { dtype }) => [{ dtype, shape }],
  gradient(context) {
    const [input] = context.inputs;
    return [
      input.dtype === "float32"
        ? firstGradient(context)
        : notDifferentiable("integers and booleans move in jumps"),
    ];
  },
  evaluate([input], { dtype }) {
    const convert = { float32: (x: number) => x, int32: Math.trunc, bool: (x: number) => (x === 0 ? 0 : 1) };
    return [referenceTensor(input.shape, input.data.map(convert[dtype]))];
  },
});

export const cast = (tensor: Tensor, dtype: DType): Tensor =>
  tensor.builder.apply(castOperation, [tensor], { dtype })[0];
