// What all folds are made of: constants in, constants out.
import type { NodeContext } from "../context.js";
import type { ElementKind } from "../read/read-tensor.js";
import { type Constant, countsPhotos, type Element, isNumber } from "../value.js";

/** Undefined where the result has a number for each photo, and becomes a part of the graph. */
export type Fold = (
  inputs: readonly (Constant | undefined)[],
  context: NodeContext,
) => Constant | readonly Constant[] | undefined;

export type FoldTable = { readonly [opType: string]: Fold };

export const given = (
  inputs: readonly (Constant | undefined)[],
  index: number,
  context: NodeContext,
): Constant => inputs[index] ?? context.invalid(`has no input ${index + 1}`);

/** A number as constants of its kind hold it: float32, or whole. */
export function ofKind(kind: ElementKind, number: number): number {
  if (kind === "bool") return number;
  return kind === "float" ? Math.fround(number) : Math.trunc(number);
}

/** Lengths, axes, places. */
export function wholeNumbers(constant: Constant, context: NodeContext): readonly number[] {
  const numbers = plainNumbers(constant, context);
  const broken = numbers.find((number) => !Number.isInteger(number));
  return broken === undefined ? numbers : context.invalid(`needs whole numbers and is given ${broken}`);
}

export function plainNumbers(constant: Constant, context: NodeContext): readonly number[] {
  context.spend(constant.shape);
  return Array.from(constant.data, (element) =>
    isNumber(element) ? element : context.unsupported("needs a number where the length of the batch stands"),
  );
}

/** A shape; a constant that counts photos has the length 1 where the batch stands. */
export const lengthsOf = (shape: Constant, of: Constant, context: NodeContext): readonly number[] =>
  countsPhotos(of)
    ? wholeNumbers({ ...shape, data: Array.from(shape.data, (each) => (isBatch(each) ? 1 : each)) }, context)
    : wholeNumbers(shape, context);

export const isBatch = (element: Element): boolean =>
  !isNumber(element) && element.times === 1 && element.photo === 0 && element.plus === 0;
