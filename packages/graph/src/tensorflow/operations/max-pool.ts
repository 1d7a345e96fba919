import { lowestFloat32, type MaxPoolAttributes } from "../../operations/max-pool.js";
import type { TensorflowEmitter } from "../emitter.js";
import { channelsLast } from "../layout.js";
import { forTraining, type Lowering } from "../lowering.js";
import { poolAttributes, withoutPadding, withPadding } from "../pool.js";
import type { TensorflowValue } from "../value.js";

/** Pixels around x that never win. */
const padded = (emit: TensorflowEmitter, x: TensorflowValue, attributes: MaxPoolAttributes): string =>
  withPadding(emit, x.in(channelsLast(x.shape), x.stored), attributes, {
    value: lowestFloat32,
    stored: x.stored,
  });

export const maxPool: Lowering<"maxPool"> = ({ inputs: [x], attributes, outputs: [{ shape }], emit }) => {
  const name = emit.node("MaxPool", [padded(emit, x, attributes)], poolAttributes(attributes, x.stored));
  return [{ name, layout: channelsLast(shape), stored: x.stored }];
};

export const maxPoolGradient: Lowering<"maxPoolGradient"> = forTraining(
  ({ inputs: [gradient, x, y], attributes, emit }) => {
    const layout = channelsLast(x.shape);
    const pooled = channelsLast(y.shape);
    const { stored } = x;
    const tensors = [padded(emit, x, attributes), y.in(pooled, stored), gradient.in(pooled, stored)];
    const name = emit.node("MaxPoolGrad", tensors, poolAttributes(attributes, stored));
    return [{ name: withoutPadding(emit, name, attributes, { layout, stored }), layout, stored }];
  },
);
