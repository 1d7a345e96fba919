import { FleuronError } from "@fleuron/model";
import type { Dimension, Shape, TensorType } from "./types.js";

export type GraphErrorCode = "graph-shape" | "graph-invalid" | "not-differentiable" | "unsupported-operation";

export const shapeText = (shape: Shape): string => `[${shape.join(", ")}]`;
export const typeText = ({ dtype, shape }: TensorType): string => `${dtype}${shapeText(shape)}`;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);

export const float32 = (shape: Shape): TensorType => ({ dtype: "float32", shape });

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

export function requireSameShape(operation: string, inputs: readonly TensorType[]): Shape {
  const [first, ...rest] = inputs;
  if (rest.some(({ shape }) => !sameShape(shape, first.shape))) {
    throw shapeError(operation, inputs, "the shapes must be equal");
  }
  return first.shape;
}

export function requireRank(
  operation: string,
  inputs: readonly TensorType[],
  index: number,
  rank: number,
): Shape {
  const { shape } = inputs[index];
  if (shape.length !== rank) {
    throw shapeError(
      operation,
      inputs,
      `input ${index + 1} must have ${rank} dimensions but has ${shape.length}`,
    );
  }
  return shape;
}

/** A dimension that arithmetic is done with; a named one is an error. */
export function known(operation: string, dimension: Dimension): number {
  if (typeof dimension === "number") return dimension;
  throw new FleuronError("graph-shape", `${operation}: the dimension '${dimension}' must be a number here.`, {
    subject: operation,
  });
}

export function knownShape(operation: string, shape: Shape): number[] {
  return shape.map((dimension) => known(operation, dimension));
}

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
