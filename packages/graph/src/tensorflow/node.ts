// A node of TensorFlow's GraphDef, before it is written in one of its two encodings.
import type { DType, Shape } from "../types.js";

/** What TensorFlow stores or computes in: the graph's dtypes, and bfloat16 for mixed precision. */
export type TensorflowDType = DType | "bfloat16";

export type TensorflowAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly strings: readonly string[] }
  | { readonly type: TensorflowDType }
  /** A named dimension is an unknown one. */
  | { readonly shape: Shape };

export type TensorflowAttributes = { readonly [name: string]: TensorflowAttribute };

export interface TensorflowConstant {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export interface TensorflowNode {
  readonly name: string;
  readonly op: string;
  /** "node", "node:1" for its second output, "^node" for one that must have run before. */
  readonly inputs: readonly string[];
  readonly attributes: TensorflowAttributes;
  /** The value of a `Const`. */
  readonly value?: TensorflowConstant;
  /** The graph's variable that a `Const` is the value of. */
  readonly variable?: string;
}

/** An input or output, with its shape as it lies in memory. */
export interface TensorflowPort {
  readonly name: string;
  readonly dtype: TensorflowDType;
  readonly shape: Shape;
}

/** The node that computes a tensor of this name. */
export const nodeOf = (tensor: string): string => tensor.replace(/^\^/, "").split(":")[0]!;
