// What the importer knows of a value of the file.
import { type Dimension, splitAxis, type Tensor } from "@fleuron/graph";
import type { ElementKind } from "./read/read-tensor.js";

/** The one name of a length here. */
export const BATCH = "batch";

/**
 * A whole number in which the length of the batch occurs, or a photo's place in it: times × batch + photo × place + plus.
 * A constant that counts photos has the length 1 where the batch stands: it is what one of them sees.
 */
export interface BatchNumber {
  readonly times: number;
  readonly photo: number;
  readonly plus: number;
}

export type Element = number | BatchNumber;

export const batchTimes = (times: number): BatchNumber => ({ times, photo: 0, plus: 0 });

/** The length of an axis as Shape gives it. */
export function lengthOf(dimension: Dimension): Element {
  if (typeof dimension === "number") return dimension;
  const { outer, inner } = splitAxis(dimension);
  return batchTimes(outer * inner);
}

/** A value that does not depend on the image: from the file, or computed from such. */
export interface Constant {
  readonly type: "constant";
  readonly kind: ElementKind;
  readonly shape: readonly number[];
  readonly data: ArrayLike<Element>;
  /** What the file calls it. */
  readonly name: string;
}

/** A value that depends on the image. */
export interface Live {
  readonly type: "live";
  readonly tensor: Tensor;
}

export type Value = Constant | Live;

export const isNumber = (element: Element): element is number => typeof element === "number";

export const countsPhotos = ({ data }: Constant): boolean =>
  !(data instanceof Float32Array) && Array.from(data).some((each) => !isNumber(each) && each.photo !== 0);

export const numbersIn = ({ data }: Constant): ArrayLike<number> | undefined =>
  data instanceof Float32Array || Array.from(data).every(isNumber) ? (data as ArrayLike<number>) : undefined;
