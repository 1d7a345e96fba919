import { type AveragePoolAttributes, divideAlike, windowDivisors } from "../../operations/average-windows.js";
import { spatialSize } from "../../shapes.js";
import type { Shape } from "../../types.js";
import type { TensorflowEmitter } from "../emitter.js";
import { channelsLast, physicalShape } from "../layout.js";
import { forTraining, type Lowering } from "../lowering.js";
import { poolAttributes, withoutPadding, withPadding } from "../pool.js";
import { shapeTensor } from "../shape-tensor.js";

const stored = "float32";

/** One number for each window of N,H,W,C that makes a mean with its zeros one of its pixels alone. */
function withoutZeros(
  emit: TensorflowEmitter,
  windows: string,
  [size, count]: readonly [Shape<number, 2>, Shape<number, 2>],
  attributes: AveragePoolAttributes,
): string {
  if (divideAlike(attributes)) return windows;
  const area = attributes.kernelSize[0] * attributes.kernelSize[1];
  const factors = windowDivisors(size, count, attributes).map((divisor) => area / divisor);
  return emit.node("Mul", [windows, emit.floats(factors, [1, ...count, 1])], { T: { type: stored } });
}

export const averagePool: Lowering<"averagePool"> = ({
  inputs: [x],
  attributes,
  outputs: [{ shape }],
  emit,
}) => {
  const sizes = [spatialSize("averagePool", x.shape), spatialSize("averagePool", shape)] as const;
  const image = withPadding(emit, x.in(channelsLast(x.shape)), attributes, { value: 0, stored });
  const means = emit.node("AvgPool", [image], poolAttributes(attributes, stored));
  return [{ name: withoutZeros(emit, means, sizes, attributes), layout: channelsLast(shape) }];
};

export const averagePoolGradient: Lowering<"averagePoolGradient"> = forTraining(
  ({ inputs: [gradient], attributes, outputs: [{ shape }], emit }) => {
    const { size, pads } = attributes;
    const layout = channelsLast(shape);
    const windows = gradient.in(channelsLast(gradient.shape));
    const sizes = [size, spatialSize("averagePoolGradient", gradient.shape)] as const;
    const factored = withoutZeros(emit, windows, sizes, attributes);
    const [batch, , , channels] = physicalShape(layout);
    const padded = [batch!, size[0] + pads[0] + pads[2], size[1] + pads[1] + pads[3], channels!];
    const lengths = shapeTensor(emit, padded, windows, stored);
    const name = emit.node("AvgPoolGrad", [lengths, factored], poolAttributes(attributes, stored));
    return [{ name: withoutPadding(emit, name, attributes, { layout, stored }), layout }];
  },
);
