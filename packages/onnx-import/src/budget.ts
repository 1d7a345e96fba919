// What a file may ask for beside what it holds: one of 300 bytes could have a terabyte computed.
import { sizeOf } from "@fleuron/model";

/** Elements that nodes may compute one by one, beside eight for each that the file holds. */
const COMPUTED = 2 ** 20;

/** Elements that may be filled or turned, which is quick: no classifier has as many weights that it does not hold. */
const FILLED = 2 ** 28;

/** The longest side that an image is resized or repeated to; its places are counted one by one. */
export const LONGEST_SIDE = 2 ** 14;

/** More than any operator of image networks takes. */
const MOST_AXES = 16;

export type Work = "computed" | "filled";

export class Budget {
  #left: Record<Work, number> = { computed: COMPUTED, filled: FILLED };

  /** The file holds so many elements, and more may be computed of them. */
  hold(elements: number): void {
    this.#left = {
      computed: this.#left.computed + 8 * elements,
      filled: this.#left.filled + 8 * elements,
    };
  }

  /** Takes what a shape of elements needs; says what is wrong where that is too much. */
  spend(shape: readonly number[], work: Work): string | undefined {
    const size = sizeOf(shape);
    if (size > this.#left[work]) return `gives ${size} elements, more than a file of its size needs`;
    this.#left[work] -= size;
    return undefined;
  }
}

/** What is wrong with a shape, whatever asks for it. */
export function shapeProblem(shape: readonly (number | string)[]): string | undefined {
  const lengths = shape.filter((length) => typeof length === "number");
  const isShape =
    shape.length <= MOST_AXES && lengths.every((length) => length >= 0 && Number.isInteger(length));
  return isShape ? undefined : `gives the shape [${shape.slice(0, MOST_AXES + 1).join(", ")}]`;
}
