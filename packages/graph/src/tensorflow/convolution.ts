import type { Conv2dAttributes } from "../operations/window.js";
import { spatialSize } from "../shapes.js";
import type { Dimension, Shape } from "../types.js";
import type { TensorflowDType } from "./node.js";
import { windowPadding } from "./window-padding.js";

/** Node attributes of a convolution whose input and kernel have these logical shapes. */
export function convolution(
  T: TensorflowDType,
  x: Shape<Dimension, 4>,
  kernel: Shape<number, 4>,
  { strides, pads, dilations }: Conv2dAttributes,
) {
  return {
    T: { type: T },
    strides: { ints: [1, ...strides, 1] },
    dilations: { ints: [1, ...dilations, 1] },
    data_format: { string: "NHWC" },
    ...windowPadding({
      size: spatialSize("conv2d", x),
      window: [kernel[2], kernel[3]],
      strides,
      dilations,
      pads,
    }),
  } as const;
}
