// What the importer knows of a value of the file.
import type { Tensor } from "@fleuron/graph";
import type { ElementKind } from "./read/read-tensor.js";

/** A whole number in which the length of the batch occurs: times × batch + plus. */
export interface BatchSize {
  readonly times: number;
  readonly plus: number;
}

export type Element = number | BatchSize;

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

export const numbersIn = ({ data }: Constant): ArrayLike<number> | undefined =>
  data instanceof Float32Array || Array.from(data).every(isNumber) ? (data as ArrayLike<number>) : undefined;
