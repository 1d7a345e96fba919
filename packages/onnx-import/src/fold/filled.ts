// Numbers that a file describes and does not hold.
import { sizeOf } from "@fleuron/model";
import { constantOf, type NodeContext } from "../context.js";
import { readTensor } from "../read/read-tensor.js";
import type { Constant } from "../value.js";
import { type FoldTable, given, isBatch, ofKind, plainNumbers, wholeNumbers } from "./table.js";

export const filledFolds: FoldTable = {
  Range(inputs, context) {
    if (inputs[1]?.data.length === 1 && isBatch(inputs[1].data[0]!)) return photosOf(inputs, context);
    const [start, limit, step] = [0, 1, 2].map(
      (index) => plainNumbers(given(inputs, index, context), context)[0]!,
    ) as [number, number, number];
    const { kind } = inputs[0]!;
    const count = Math.max(0, Math.ceil(ofKind(kind, limit - start) / step));
    context.spend([count]);
    const data: number[] = [];
    for (let next = start; data.length < count; next = ofKind(kind, next + step)) data.push(next);
    return constantOf(kind, [count], data);
  },
  ConstantOfShape(inputs, context) {
    const shape = wholeNumbers(given(inputs, 0, context), context);
    const value = context.attributes.tensor("value");
    const { kind, data } = value ? readTensor(value, () => undefined) : { kind: "float" as const, data: [0] };
    if (data.length !== 1) context.invalid(`fills with ${data.length} numbers`);
    context.spend(shape, kind === "float" ? "filled" : "computed");
    const filled =
      kind === "float"
        ? new Float32Array(sizeOf(shape)).fill(data[0]!)
        : new Array(sizeOf(shape)).fill(data[0]);
    return constantOf(kind, shape, filled);
  },
};

/** The place of each photo in the batch. */
function photosOf([start, , step]: readonly (Constant | undefined)[], context: NodeContext): Constant {
  if (start?.data[0] !== 0 || step?.data[0] !== 1) return context.unsupported("takes a part of the batch");
  return constantOf(start.kind, [1], [{ times: 0, photo: 1, plus: 0 }]);
}
