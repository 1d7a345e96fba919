import { tabulate } from "../interpreter/reference-tensor.js";
import { defineOperation, firstGradient, floats, type NoAttributes, type Tensor } from "../operation.js";
import { broadcastShapes, float32, knownShape, shapeError } from "../shapes.js";
import type { Shape } from "../types.js";
import { constant } from "./constant.js";
import { broadcastAt } from "./elementwise.js";
import { sumTo } from "./sum-and-broadcast.js";

function commonShape(condition: Shape, a: Shape, b: Shape): Shape | undefined {
  const ofBoth = broadcastShapes(a, b);
  return ofBoth && broadcastShapes(condition, ofBoth);
}

/** The element of `a` where the condition holds, else that of `b`; all three broadcast (ONNX Where, opset 16). */
export const whereOperation = defineOperation<NoAttributes, ["any", "any", "any"]>({
  name: "where",
  inputs: [{ dtype: "bool", rank: "any" }, floats(), floats()],
  infer(inputs) {
    const [condition, a, b] = inputs;
    const shape = commonShape(condition.shape, a.shape, b.shape);
    if (!shape) throw shapeError("where", inputs, "the shapes do not broadcast");
    return [float32(shape)];
  },
  gradient(context) {
    const [condition, a, b] = context.inputs;
    const gradient = firstGradient(context);
    const zero = constant(a.builder, 0);
    return [
      undefined,
      sumTo(where(condition, gradient, zero), a),
      sumTo(where(condition, zero, gradient), b),
    ];
  },
  evaluate([condition, a, b]) {
    const shape = knownShape("where", commonShape(condition.shape, a.shape, b.shape)!);
    return [
      tabulate(shape, (coordinates) =>
        broadcastAt(broadcastAt(condition, coordinates) === 0 ? b : a, coordinates),
      ),
    ];
  },
});

export const where = (condition: Tensor, a: Tensor, b: Tensor): Tensor =>
  condition.builder.apply(whereOperation, [condition, a, b], {})[0];
