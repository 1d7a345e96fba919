import type { Tensor } from "../operation.js";
import { knownShape, shapeError } from "../shapes.js";
import { add, multiply } from "./arithmetic.js";
import { constantTensor } from "./constant.js";
import { gather } from "./gather.js";
import { type ResizeOptions, type Taps, tapsOf } from "./resize-taps.js";

/** Images [N, C, H, W] with another height and width (ONNX Resize, opset 19). */
export function resize(
  x: Tensor,
  options: ResizeOptions & {
    readonly height: number;
    readonly width: number;
    /** Those that height and width were rounded from, for who counts from them. Default: the lengths' ratios. */
    readonly scales?: readonly [number, number];
  },
): Tensor {
  const [, , ...size] = x.shape;
  if (size.length !== 2) throw shapeError("resize", [x], "takes images [N, C, H, W]");
  return [options.height, options.width].reduce((image, to, index) => {
    const from = knownShape("resize", size)[index]!;
    const line = { from, to, scale: options.scales?.[index] ?? to / from };
    if (to === from && line.scale === 1) return image;
    return weighted(image, tapsOf(line, options), index + 2);
  }, x);
}

/** Each place along an axis as the weighted sum of its taps: one gathered tensor for the first of each, and so on. */
function weighted(x: Tensor, taps: readonly Taps[], axis: number): Tensor {
  const places = taps.map((each) => [...each.keys()]);
  const weights = taps.map((each) => [...each.values()]);
  const most = Math.max(...places.map((each) => each.length));
  const terms = Array.from({ length: most }, (_, tap) => {
    const gathered = gather(
      x,
      places.map((each) => each[tap] ?? 0),
      axis,
    );
    const shares = weights.map((each) => each[tap] ?? 0);
    if (shares.every((share) => share === 1)) return gathered;
    const shape = [shares.length, ...x.shape.slice(axis + 1).map(() => 1)];
    return multiply(gathered, constantTensor(x.builder, shape, shares));
  });
  return terms.reduce(add);
}
