// What does not depend on the image is computed as the file is read: shapes, above all, in which the batch may occur.
import type { NodeContext } from "../context.js";
import { type Constant, countsPhotos } from "../value.js";
import { elementwiseFolds } from "./elementwise.js";
import { filledFolds } from "./filled.js";
import { indexedFolds } from "./indexed.js";
import { reducedFolds } from "./reduced.js";
import { shapeFolds } from "./shape.js";
import type { FoldTable } from "./table.js";

const folds: FoldTable = {
  ...elementwiseFolds,
  ...filledFolds,
  ...indexedFolds,
  ...reducedFolds,
  ...shapeFolds,
};

/** What may be done with numbers that count photos without asking how many there are. */
const keepsPhotos = ["Identity", "Cast", "Add", "Sub", "Mul", "Unsqueeze", "Reshape", "Expand"];

/** Whether an operator's result is computed where all of its inputs are constants. */
export const isFolded = (opType: string): boolean => Object.hasOwn(folds, opType);

/** What a node gives for constants; undefined where it is computed with the image's graph. */
export function fold(
  inputs: readonly (Constant | undefined)[],
  context: NodeContext,
): readonly Constant[] | undefined {
  const { opType } = context.node;
  const apply = isFolded(opType) ? folds[opType] : undefined;
  if (inputs.some((input) => input && countsPhotos(input)) && !keepsPhotos.includes(opType))
    context.unsupported("computes with the places of photos in their batch");
  const result = apply?.(inputs, context);
  if (result === undefined) return undefined;
  return "type" in result ? [result] : result;
}
