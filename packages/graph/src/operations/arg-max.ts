import { at, referenceTensor } from "../interpreter/reference-tensor.js";
import type { NoAttributes, Tensor } from "../operation.js";
import { defineOperation, floats, notDifferentiable } from "../operation.js";

/** Column of each row's largest value, the first one among equals: [N, classes] to int32 [N] (ONNX ArgMax). */
export const argMaxOperation = defineOperation<NoAttributes, [2], [1]>({
  name: "argMax",
  inputs: [floats(2)],
  infer: ([{ shape }]) => [{ dtype: "int32", shape: [shape[0]] }],
  gradient: notDifferentiable("it moves in jumps"),
  evaluate([input]) {
    const [rows, columns] = input.shape;
    const best = Array.from({ length: rows }, (_, row) => {
      let column = 0;
      for (let c = 1; c < columns; c++) if (at(input, row, c) > at(input, row, column)) column = c;
      return column;
    });
    return [referenceTensor([rows], best)];
  },
});

export const argMax = (tensor: Tensor): Tensor => tensor.builder.apply(argMaxOperation, [tensor], {})[0];
