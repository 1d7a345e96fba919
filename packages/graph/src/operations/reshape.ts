import { referenceTensor } from "../interpreter/reference-tensor.js";
import { splitAxis } from "../joined-axis.js";
import type { Tensor } from "../operation.js";
import { anything, defineOperation, firstGradient } from "../operation.js";
import { knownShape, sameShape, shapeError, shapeText } from "../shapes.js";
import type { Dimension, Shape } from "../types.js";

/** The known lengths multiplied, and the names in order: two shapes of one size have both equal. */
function size(shape: Shape): string {
  const axes = shape.map((length) =>
    typeof length === "number" ? { name: "", outer: length, inner: 1 } : splitAxis(length),
  );
  const names = axes.flatMap(({ name }) => name || []).sort();
  const product = axes.reduce((size, { outer, inner }) => size * outer * inner, 1);
  return [product, ...names].join(" ");
}

/** The same elements in row-major order under another shape (ONNX Reshape, opset 14). */
export const reshapeOperation = defineOperation<{ shape: readonly Dimension[] }, ["any"]>({
  name: "reshape",
  inputs: [anything],
  shapeAttribute: "shape",
  infer(inputs, { shape }) {
    const [{ dtype, shape: from }] = inputs;
    if (size(from) !== size(shape)) {
      throw shapeError("reshape", inputs, `${shapeText(shape)} has another number of elements`);
    }
    return [{ dtype, shape }];
  },
  gradient(context) {
    return [reshape(firstGradient(context), context.inputs[0].shape)];
  },
  evaluate: ([input], { shape }) => [referenceTensor(knownShape("reshape", shape), input.data)],
});

export const reshape = (tensor: Tensor, shape: Shape): Tensor =>
  sameShape(tensor.shape, shape) ? tensor : tensor.builder.apply(reshapeOperation, [tensor], { shape })[0];
