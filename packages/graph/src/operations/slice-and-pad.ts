// Cutting places out along an axis, and adding some around: the gradient of each is the other, so they share a file.

import { at, tabulate } from "../interpreter/reference-tensor.js";
import type { Tensor } from "../operation.js";
import { anything, defineOperation, firstGradient, floats } from "../operation.js";
import { float32, known, shapeError } from "../shapes.js";
import type { Dimension, Shape } from "../types.js";
import { isFiniteFloat32 } from "./finite.js";

export interface SliceAttributes {
  readonly [name: string]: number;
  readonly axis: number;
  readonly start: number;
  /** The place behind the last one. */
  readonly end: number;
}

/** The places from `start` up to `end` along an axis (ONNX Slice, opset 13, of one axis and step 1). */
export const sliceOperation = defineOperation<SliceAttributes, ["any"]>({
  name: "slice",
  inputs: [anything],
  infer(inputs, { axis, start, end }) {
    const [{ dtype, shape }] = inputs;
    const length = shape[axis];
    if (length === undefined) throw shapeError("slice", inputs, `has no axis ${axis} to cut`);
    const isWhole = Number.isInteger(start) && Number.isInteger(end);
    if (!isWhole || start < 0 || start >= end || end > known("slice", length)) {
      throw shapeError("slice", inputs, `${start} to ${end} is no part of axis ${axis}`);
    }
    return [{ dtype, shape: shape.with(axis, end - start) }];
  },
  gradient(context) {
    const { axis, start, end } = context.attributes;
    const { shape } = context.inputs[0];
    const none = shape.map(() => 0);
    const after = known("slice", shape[axis]!) - end;
    return [pad(firstGradient(context), { before: none.with(axis, start), after: none.with(axis, after) })];
  },
  evaluate([input], { axis, start, end }) {
    return [
      tabulate(input.shape.with(axis, end - start), (coordinates) =>
        at(input, ...coordinates.with(axis, coordinates[axis]! + start)),
      ),
    ];
  },
});

export const slice = (tensor: Tensor, axis: number, start: number, end: number): Tensor =>
  start === 0 && end === tensor.shape[axis]
    ? tensor
    : tensor.builder.apply(sliceOperation, [tensor], { axis, start, end })[0];

export interface PadAttributes {
  readonly [name: string]: readonly number[] | number;
  /** How many elements are added in front of each axis. */
  readonly before: readonly number[];
  /** The same behind it. */
  readonly after: readonly number[];
  readonly value: number;
}

const paddedShape = <D extends Dimension>(
  shape: Shape<D>,
  { before, after }: PadAttributes,
): Shape<D | number> =>
  shape.map((length, axis) => {
    const added = before[axis]! + after[axis]!;
    return added === 0 ? length : known("pad", length) + added;
  });

/** A tensor with elements of one value around it (ONNX Pad, opset 13, "constant"). */
export const padOperation = defineOperation<PadAttributes, ["any"]>({
  name: "pad",
  inputs: [floats()],
  infer(inputs, attributes) {
    const [{ shape }] = inputs;
    const { before, after, value } = attributes;
    if (before.length !== shape.length || after.length !== shape.length) {
      throw shapeError("pad", inputs, `${before.length} and ${after.length} pads do not suit its axes`);
    }
    if (![...before, ...after].every((count) => Number.isInteger(count) && count >= 0)) {
      throw shapeError("pad", inputs, `pads must be counts but are [${before}] and [${after}]`);
    }
    if (!isFiniteFloat32(value)) {
      throw shapeError("pad", inputs, `the value must be finite in float32 but is ${value}`);
    }
    return [float32(paddedShape(shape, attributes))];
  },
  gradient(context) {
    const { before, after } = context.attributes;
    const [{ shape }] = context.inputs;
    return [
      shape.reduce<Tensor>((gradient, length, axis) => {
        const start = before[axis]!;
        if (start === 0 && after[axis] === 0) return gradient;
        return slice(gradient, axis, start, start + known("pad", length));
      }, firstGradient(context)),
    ];
  },
  evaluate([input], attributes) {
    const { before, value } = attributes;
    return [
      tabulate(paddedShape(input.shape, attributes), (coordinates) => {
        const inner = coordinates.map((place, axis) => place - before[axis]!);
        const inside = inner.every((place, axis) => place >= 0 && place < input.shape[axis]!);
        return inside ? at(input, ...inner) : value;
      }),
    ];
  },
});

export const pad = (
  tensor: Tensor,
  { before, after, value = 0 }: { before: readonly number[]; after: readonly number[]; value?: number },
): Tensor =>
  [...before, ...after].every((count) => count === 0)
    ? tensor
    : tensor.builder.apply(padOperation, [tensor], { before, after, value })[0];
