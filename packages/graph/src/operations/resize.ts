import type { Tensor } from "../operation.js";
import { knownShape, shapeError } from "../shapes.js";
import { add, multiply } from "./arithmetic.js";
import { constantTensor } from "./constant.js";
import { gather } from "./gather.js";
import { insideOf, type Line, type ResizeOptions, type Taps, tapsOf } from "./resize-taps.js";

/** Images [N, C, H, W] with another height and width (ONNX Resize, opset 19). */
export function resize(
  x: Tensor,
  options: ResizeOptions & {
    readonly height: number;
    readonly width: number;
    /** Those that height and width were rounded from, for who counts from them. Default: the lengths' ratios. */
    readonly scales?: readonly [number, number];
    /** The part of each side that is resized, for "tf_crop_and_resize"; what lies beyond the image becomes `outside`. */
    readonly crops?: readonly [Line["crop"], Line["crop"]];
    /** Default: 0. */
    readonly outside?: number;
  },
): Tensor {
  const [, , ...size] = x.shape;
  if (size.length !== 2) throw shapeError("resize", [x], "takes images [N, C, H, W]");
  return [options.height, options.width].reduce((image, to, index) => {
    const from = knownShape("resize", size)[index]!;
    const crop = options.crops?.[index];
    const line = { from, to, scale: options.scales?.[index] ?? to / from, ...(crop && { crop }) };
    if (to === from && line.scale === 1 && crop === undefined) return image;
    const resized = weighted(image, tapsOf(line, options), index + 2);
    return filled(resized, insideOf(line, options), index + 2, options.outside ?? 0);
  }, x);
}

/** A number in the place of what does not lie in the image. */
function filled(x: Tensor, inside: readonly boolean[], axis: number, outside: number): Tensor {
  if (inside.every(Boolean)) return x;
  const shape = [inside.length, ...x.shape.slice(axis + 1).map(() => 1)];
  const alongAxis = (values: readonly number[]) => constantTensor(x.builder, shape, values);
  return add(
    multiply(x, alongAxis(inside.map(Number))),
    alongAxis(inside.map((isInside) => (isInside ? 0 : outside))),
  );
}

/** Each place along an axis as the weighted sum of its taps: one gathered tensor for the first of each, and so on. */
function weighted(x: Tensor, taps: readonly Taps[], axis: number): Tensor {
  const places = taps.map((each) => [...each.keys()]);
  const weights = taps.map((each) => [...each.values()]);
  const most = Math.max(1, ...places.map((each) => each.length));
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
