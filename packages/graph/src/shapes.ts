import { FleuronError } from "@fleuron/model";
import type { Dimension, InputType, PerAxis, Shape, TensorType } from "./types.js";

export type GraphErrorCode =
  | "graph-shape"
  | "graph-invalid"
  | "not-differentiable"
  | "unsupported-operation"
  /** A network has no layer that is its classifying head, or several. */
  | "network-head"
  /** A device has not the memory that a graph needs. */
  | "device-memory"
  /** A device allows less than a graph needs. */
  | "device-limit";

export const shapeText = (shape: Shape): string => `[${shape.join(", ")}]`;
export const typeText = ({ dtype, shape }: TensorType): string => `${dtype}${shapeText(shape)}`;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);

export const float32 = <const S extends Shape>(shape: S): TensorType<Dimension, S> => ({
  dtype: "float32",
  shape,
});

/** An error that names the operation and the shapes (or types) that do not suit it. */
export function shapeError(
  operation: string,
  inputs: readonly TensorType[],
  what: string,
): FleuronError<GraphErrorCode> {
  return new FleuronError("graph-shape", `${operation}(${inputs.map(typeText).join(", ")}): ${what}.`, {
    subject: operation,
  });
}

export function requireSameShape<S extends Shape>(
  operation: string,
  inputs: readonly [TensorType<Dimension, S>, ...TensorType[]],
): S {
  const [first, ...rest] = inputs;
  if (rest.some(({ shape }) => !sameShape(shape, first.shape))) {
    throw shapeError(operation, inputs, "the shapes must be equal");
  }
  return first.shape;
}

/** What an operation says of its inputs. */
interface Takes {
  readonly name: string;
  readonly inputs: readonly InputType[];
  readonly variadic?: true;
}

/** @throws FleuronError "graph-shape" for inputs of which an operation takes another number, type or rank. */
export function requireInputs({ name, inputs: takes, variadic }: Takes, inputs: readonly TensorType[]): void {
  if (variadic && inputs.length === 0) throw shapeError(name, inputs, "takes one tensor or more");
  if (!variadic && inputs.length !== takes.length) {
    throw shapeError(name, inputs, `takes ${counted(takes.length)} but was given ${inputs.length}`);
  }
  for (const [index, input] of inputs.entries()) {
    const { dtype, rank } = takes[variadic ? 0 : index]!;
    const wrong = (what: string) => shapeError(name, inputs, `input ${index + 1} must ${what}`);
    if (dtype !== "any" && input.dtype !== dtype) throw wrong(`be ${dtype} but is ${input.dtype}`);
    if (rank !== "any" && input.shape.length !== rank)
      throw wrong(`have ${rank} dimensions but has ${input.shape.length}`);
  }
}

const counted = (inputs: number): string => `${inputs} input${inputs === 1 ? "" : "s"}`;

/** A dimension that arithmetic is done with; a named one is an error. */
export function known(operation: string, dimension: Dimension): number {
  if (typeof dimension === "number") return dimension;
  throw new FleuronError("graph-shape", `${operation}: the dimension '${dimension}' must be a number here.`, {
    subject: operation,
  });
}

/** Whether no dimension is only named. */
export const isKnown = (shape: Shape): shape is Shape<number> =>
  shape.every((dimension) => typeof dimension === "number");

export function knownShape<const S extends Shape>(operation: string, shape: S): PerAxis<S> {
  return shape.map((dimension) => known(operation, dimension)) as PerAxis<S>;
}

/** Height and width, which must be known, of images or kernels. */
export const spatialSize = (operation: string, [, , height, width]: Shape<Dimension, 4>): Shape<number, 2> =>
  knownShape(operation, [height, width]);

/** The axes in front of matrices, which are the last two. */
export const leadingAxes = <Length>(shape: readonly Length[]): readonly Length[] => shape.slice(0, -2);

/** Two shapes broadcast against each other as NumPy and ONNX do; undefined when they cannot be. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const result: Dimension[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return undefined;
    result.push(left === 1 ? right : left);
  }
  return result;
}
