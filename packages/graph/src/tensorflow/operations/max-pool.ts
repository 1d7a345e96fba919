// Pools over N,H,W,C. Padding, which TensorFlow's pools of the browser lack, is written out: pixels that never win.
import type { MaxPoolAttributes } from "../../operations/max-pool.js";
import { knownShape } from "../../shapes.js";
import type { TensorflowEmitter } from "../emitter.js";
import { channelsLast, physicalShape } from "../layout.js";
import { forTraining, type Lowering } from "../lowering.js";
import type { TensorflowDType } from "../node.js";
import type { TensorflowValue } from "../value.js";

const lowestFloat32 = -3.4028234663852886e38;

const options = ({ kernelSize, strides }: MaxPoolAttributes, T: TensorflowDType) =>
  ({
    T: { type: T },
    ksize: { ints: [1, ...kernelSize, 1] },
    strides: { ints: [1, ...strides, 1] },
    padding: { string: "VALID" },
    data_format: { string: "NHWC" },
  }) as const;

function padded(emit: TensorflowEmitter, x: TensorflowValue, { pads }: MaxPoolAttributes): string {
  const name = x.in(channelsLast(x.shape), x.stored);
  if (pads.every((pad) => pad === 0)) return name;
  const [top, left, bottom, right] = pads;
  const around = emit.ints([0, 0, top, bottom, left, right, 0, 0], [4, 2]);
  const attributes = { T: { type: x.stored }, Tpaddings: { type: "int32" } } as const;
  const lowest = emit.cast(emit.scalar(lowestFloat32), "float32", x.stored);
  return emit.node("PadV2", [name, around, lowest], attributes);
}

export const maxPool: Lowering<"maxPool"> = ({ inputs: [x], attributes, outputs: [{ shape }], emit }) => {
  const name = emit.node("MaxPool", [padded(emit, x, attributes)], options(attributes, x.stored));
  return [{ name, layout: channelsLast(shape), stored: x.stored }];
};

export const maxPoolGradient: Lowering<"maxPoolGradient"> = forTraining(
  ({ inputs: [gradient, x, y], attributes, emit }) => {
    const layout = channelsLast(x.shape);
    const pooled = channelsLast(y.shape);
    const { stored } = x;
    const tensors = [padded(emit, x, attributes), y.in(pooled, stored), gradient.in(pooled, stored)];
    const name = emit.node("MaxPoolGrad", tensors, options(attributes, stored));
    if (attributes.pads.every((pad) => pad === 0)) return [{ name, layout, stored }];
    const size = knownShape("maxPoolGradient", physicalShape(layout).slice(1));
    const begin = emit.ints([0, attributes.pads[0], attributes.pads[1], 0]);
    const inner = emit.node("Slice", [name, begin, emit.ints([-1, ...size])], {
      T: { type: stored },
      Index: { type: "int32" },
    });
    return [{ name: inner, layout, stored }];
  },
);
