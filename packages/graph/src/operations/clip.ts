import { referenceTensor } from "../interpreter/reference-tensor.js";
import { defineOperation, firstGradient, floats, type Tensor } from "../operation.js";
import { float32 } from "../shapes.js";
import { multiply } from "./arithmetic.js";
import { cast } from "./cast.js";
import { greater, less, logicalAnd } from "./comparisons.js";
import { constant } from "./constant.js";
import { requireFinite } from "./finite.js";

/** Bounds that are known when the graph is built; one that is left out does not bound. */
export type ClipAttributes = { readonly low?: number; readonly high?: number };

/** min(max(x, low), high) (ONNX Clip, opset 13). No gradient where it is at a bound, as relu has none at 0. */
export const clipOperation = defineOperation<ClipAttributes, ["any"]>({
  name: "clip",
  inputs: [floats()],
  infer([{ shape }], bounds) {
    for (const [name, bound] of Object.entries(bounds)) requireFinite(`clip: '${name}'`, bound);
    return [float32(shape)];
  },
  gradient(context) {
    const [y] = context.outputs;
    const { low, high } = context.attributes;
    // A product: a choice by a condition takes five times as long in onnxruntime.
    const gates = [
      ...(low === undefined ? [] : [greater(y, constant(y.builder, low))]),
      ...(high === undefined ? [] : [less(y, constant(y.builder, high))]),
    ];
    if (gates.length === 0) return [firstGradient(context)];
    return [multiply(firstGradient(context), cast(gates.reduce(logicalAnd), "float32"))];
  },
  evaluate: ([{ shape, data }], { low = -Infinity, high = Infinity }) => [
    referenceTensor(
      shape,
      data.map((x) => Math.min(Math.max(x, low), high)),
    ),
  ],
});

export const clip = (x: Tensor, low: number | undefined, high: number | undefined): Tensor =>
  x.builder.apply(clipOperation, [x], {
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
  })[0];
