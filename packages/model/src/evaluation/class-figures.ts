import type { Evaluation } from "./evaluation.js";

/** The figures of a class, `undefined` where they are shares of no photos at all. */
export interface ClassFigures {
  readonly precision: number | undefined;
  readonly recall: number | undefined;
  readonly f1: number | undefined;
}

/** The figures of each class: precision needs photos that were named so; recall and F1 need photos of the class. */
export const classFigures = ({
  perClass,
  confusion,
}: Pick<Evaluation, "perClass" | "confusion">): readonly ClassFigures[] =>
  perClass.map(({ count, precision, recall, f1 }, label) => ({
    precision: confusion.some((row) => row[label]! > 0) ? precision : undefined,
    recall: count > 0 ? recall : undefined,
    f1: count > 0 ? f1 : undefined,
  }));
