import { at, referenceTensor } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { defineOperation, notDifferentiable } from "../operation.js";
import { requireRank } from "../shapes.js";

type NoAttributes = Record<string, never>;

/** Column of each row's largest value, the first one among equals: [N, classes] to int32 [N] (ONNX ArgMax). */
export const argMaxOperation = defineOperation<NoAttributes>({
  name: "argMax",
  infer: (inputs) => [{ dtype: "int32", shape: [requireRank("argMax", inputs, 0, 2)[0]] }],
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
