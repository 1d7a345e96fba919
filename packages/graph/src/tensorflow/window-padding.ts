import type { TensorflowAttributes } from "./node.js";

interface Window {
  /** Height and width of what the window slides over. */
  readonly size: readonly [number, number];
  readonly window: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** Rows above, columns to the left, rows below, columns to the right. */
  readonly pads: readonly [number, number, number, number];
}

/**
 * Pads as TensorFlow names them: "VALID" for none, "SAME" where they are what that means (TensorFlow's documentation
 * of tf.nn.convolution: an output of ⌈size ÷ stride⌉, the odd pixel below and to the right), else "EXPLICIT".
 */
export function windowPadding(window: Window): TensorflowAttributes {
  const [top, left, bottom, right] = window.pads;
  if (window.pads.every((pad) => pad === 0)) return { padding: { string: "VALID" } };
  const same = ([0, 1] as const).every((axis) => {
    const [before, after] = samePads(window, axis);
    return before === window.pads[axis] && after === window.pads[axis + 2];
  });
  if (same) return { padding: { string: "SAME" } };
  return {
    padding: { string: "EXPLICIT" },
    explicit_paddings: { ints: [0, 0, top, bottom, left, right, 0, 0] },
  };
}

function samePads({ size, window, strides, dilations }: Window, axis: 0 | 1): readonly [number, number] {
  const extent = (window[axis] - 1) * dilations[axis] + 1;
  const outputs = Math.ceil(size[axis] / strides[axis]);
  const total = Math.max((outputs - 1) * strides[axis] + extent - size[axis], 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
