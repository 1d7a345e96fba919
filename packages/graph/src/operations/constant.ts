import { FleuronError, sizeOf } from "@fleuron/model";
import { referenceTensor } from "../interpreter/reference-tensor.js";
import type { NodeBuilder, Tensor } from "../operation.js";
import { defineOperation } from "../operation.js";
import { float32 } from "../shapes.js";
import type { Shape } from "../types.js";
import { requireFinite } from "./finite.js";

/** A float32 scalar that is known when the graph is built. ONNX: an initializer. */
export const constantOperation = defineOperation<{ value: number }, [], [0]>({
  name: "constant",
  inputs: [],
  infer(_, { value }) {
    requireFinite("A constant", value);
    return [float32([])];
  },
  gradient: () => [],
  evaluate: (_, { value }) => [referenceTensor([], [value])],
});

export const constant = (builder: NodeBuilder, value: number): Tensor =>
  builder.apply(constantOperation, [], { value })[0];

export interface ConstantTensorAttributes {
  readonly [name: string]: readonly number[];
  readonly shape: Shape<number>;
  /** In row-major order. */
  readonly values: readonly number[];
}

/** A small float32 tensor that is known when the graph is built, such as a resize's weights. ONNX: an initializer. */
export const constantTensorOperation = defineOperation<ConstantTensorAttributes, []>({
  name: "constantTensor",
  inputs: [],
  infer(_, { shape, values }) {
    for (const value of values) requireFinite("A constant", value);
    if (values.length !== sizeOf(shape)) {
      const what = `${values.length} values do not fill [${shape.join(", ")}]`;
      throw new FleuronError("graph-shape", `constantTensor(): ${what}.`, { subject: "constantTensor" });
    }
    return [float32(shape)];
  },
  gradient: () => [],
  evaluate: (_, { shape, values }) => [referenceTensor(shape, values)],
});

export const constantTensor = (
  builder: NodeBuilder,
  shape: Shape<number>,
  values: readonly number[],
): Tensor => builder.apply(constantTensorOperation, [], { shape, values })[0];
