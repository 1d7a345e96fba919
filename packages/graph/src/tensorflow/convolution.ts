import type { Conv2dAttributes } from "../operations/conv2d.js";
import { knownShape } from "../shapes.js";
import type { Shape } from "../types.js";
import type { TensorflowDType } from "./node.js";
import { windowPadding } from "./window-padding.js";

/** With the height and width of what is computed: the convolution's input, or its kernel. */
export type Conv2dGradientAttributes = Conv2dAttributes & { readonly size: readonly [number, number] };

/** Node attributes of a convolution whose input and kernel have these logical shapes. */
export function convolution(
  T: TensorflowDType,
  x: Shape,
  kernel: Shape<number>,
  { strides, pads, dilations }: Conv2dAttributes,
) {
  return {
    T: { type: T },
    strides: { ints: [1, ...strides, 1] },
    dilations: { ints: [1, ...dilations, 1] },
    data_format: { string: "NHWC" },
    ...windowPadding({
      size: knownShape("conv2d", x.slice(2)),
      window: kernel.slice(2),
      strides,
      dilations,
      pads,
    }),
  } as const;
}
