import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { NoAttributes, Tensor } from "../operation.js";
import { anything, defineOperation, notDifferentiable } from "../operation.js";
import { requireSameShape, shapeError } from "../shapes.js";

/** Whether the elements are equal, as bool (ONNX Equal). */
export const equalOperation = defineOperation<NoAttributes, ["any", "any"]>({
  name: "equal",
  inputs: [anything, anything],
  infer(inputs) {
    const [a, b] = inputs;
    if (a.dtype !== b.dtype) throw shapeError("equal", inputs, "the types must be equal");
    return [{ dtype: "bool", shape: requireSameShape("equal", inputs) }];
  },
  gradient: notDifferentiable("it moves in jumps"),
  evaluate: ([a, b]) => [
    referenceTensor(
      a.shape,
      a.data.map((value, index) => Number(value === b.data[index])),
    ),
  ],
});

export const equal = (a: Tensor, b: Tensor): Tensor => a.builder.apply(equalOperation, [a, b], {})[0];
