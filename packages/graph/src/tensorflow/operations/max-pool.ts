// Pools over N,H,W,C. Padding, which TensorFlow's pools of the browser lack, is written out: pixels that never win.
import type { MaxPoolAttributes } from "../../operations/max-pool.js";
import type { TensorflowEmitter } from "../emitter.js";
import { channelsLast, physicalShape } from "../layout.js";
import type { Lowering } from "../lowering.js";
import type { TensorflowValue } from "../value.js";

const lowestFloat32 = -3.4028234663852886e38;

const options = ({ kernelSize, strides }: MaxPoolAttributes) =>
  ({
    T: { type: "float32" },
    ksize: { ints: [1, ...kernelSize, 1] },
    strides: { ints: [1, ...strides, 1] },
    padding: { string: "VALID" },
    data_format: { string: "NHWC" },
  }) as const;

function padded(emit: TensorflowEmitter, x: TensorflowValue, { pads }: MaxPoolAttributes): string {
  const name = x.in(channelsLast(x.shape));
  if (pads.every((pad) => pad === 0)) return name;
  const [top, left, bottom, right] = pads;
  const around = emit.ints([0, 0, top, bottom, left, right, 0, 0], [4, 2]);
  const attributes = { T: { type: "float32" }, Tpaddings: { type: "int32" } } as const;
  return emit.node("PadV2", [name, around, emit.scalar(lowestFloat32)], attributes);
}

export const maxPool: Lowering<MaxPoolAttributes> = ({
  inputs: [x],
  attributes,
  outputs: [{ shape }],
  emit,
}) => {
  const name = emit.node("MaxPool", [padded(emit, x, attributes)], options(attributes));
  return [{ name, layout: channelsLast(shape) }];
};

export const maxPoolGradient: Lowering<MaxPoolAttributes> = ({
  inputs: [gradient, x, y],
  attributes,
  emit,
}) => {
  const layout = channelsLast(x.shape);
  const pooled = channelsLast(y.shape);
  const tensors = [padded(emit, x, attributes), y.in(pooled), gradient.in(pooled)];
  const name = emit.node("MaxPoolGrad", tensors, options(attributes));
  if (attributes.pads.every((pad) => pad === 0)) return [{ name, layout }];
  const [, ...size] = physicalShape(layout) as readonly number[];
  const begin = emit.ints([0, attributes.pads[0], attributes.pads[1], 0]);
  const inner = emit.node("Slice", [name, begin, emit.ints([-1, ...size])], {
    T: { type: "float32" },
    Index: { type: "int32" },
  });
  return [{ name: inner, layout }];
};
