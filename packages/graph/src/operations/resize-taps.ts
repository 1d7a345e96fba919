// Which pixels of a line make a pixel of a longer or shorter one, and with which weights, as ONNX Resize has it.

export interface ResizeOptions {
  /** "nearest": one pixel. "linear": two, and "cubic": four along each axis, or more where `antialias` widens them. */
  readonly mode: "nearest" | "linear" | "cubic";
  /** Where a pixel of the result lies among those of the image. Default: "half_pixel". */
  readonly coordinates?:
    | "half_pixel"
    | "half_pixel_symmetric"
    | "pytorch_half_pixel"
    | "align_corners"
    | "asymmetric"
    | "tf_crop_and_resize";
  /** Which pixel is nearest. Default: "round_prefer_floor". */
  readonly nearest?: "round_prefer_floor" | "round_prefer_ceil" | "floor" | "ceil";
  /** The coefficient `a` of the cubic's curve. Default: −0.75. */
  readonly cubicCoefficient?: number;
  /** Whether pixels outside of the image weigh nothing; else the ones at its edge stand for them. Default: no. */
  readonly excludeOutside?: boolean;
  /** Whether a smaller image averages all pixels that it leaves out. Default: no. */
  readonly antialias?: boolean;
}

/** A line before and after. */
export interface Line {
  readonly from: number;
  readonly to: number;
  /** Pixels after for one before: `to ÷ from`, or near it where the length was rounded. */
  readonly scale: number;
  /** The part that is resized, from 0 to 1 between the first pixel and the last, for "tf_crop_and_resize"; it may reach beyond. */
  readonly crop?: readonly [begin: number, end: number];
}

/** The weights of a pixel of the result, by the pixels of the image. */
export type Taps = ReadonlyMap<number, number>;

const coordinates: {
  readonly [Name in NonNullable<ResizeOptions["coordinates"]>]: (place: number, line: Line) => number;
} = {
  half_pixel: (place, { scale }) => (place + 0.5) / scale - 0.5,
  half_pixel_symmetric: (place, { from, to, scale }) =>
    (from / 2) * (1 - to / (scale * from)) + (place + 0.5) / scale - 0.5,
  pytorch_half_pixel: (place, { to, scale }) => (to > 1 ? (place + 0.5) / scale - 0.5 : 0),
  align_corners: (place, { from, to }) => (to > 1 ? (place * (from - 1)) / (to - 1) : 0),
  asymmetric: (place, { scale }) => place / scale,
  tf_crop_and_resize: (place, { from, to, crop: [begin, end] = [0, 1] }) =>
    (from - 1) * (to > 1 ? begin + (place * (end - begin)) / (to - 1) : (begin + end) / 2),
};

const roundings: { readonly [Name in NonNullable<ResizeOptions["nearest"]>]: (place: number) => number } = {
  round_prefer_floor: (place) => Math.ceil(place - 0.5),
  round_prefer_ceil: (place) => Math.floor(place + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** How much a pixel weighs at a distance; nothing beyond `reach`. */
interface Curve {
  readonly reach: number;
  readonly weight: (distance: number) => number;
}

const linear: Curve = { reach: 1, weight: (distance) => 1 - distance };

/** Keys' cubic convolution (1981). */
const cubic = (a: number): Curve => ({
  reach: 2,
  weight: (x) => (x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : ((a * x - 5 * a) * x + 8 * a) * x - 4 * a),
});

/** Where each pixel of the result lies among those of the image. */
const placesOf = (line: Line, { coordinates: name = "half_pixel" }: ResizeOptions): readonly number[] =>
  Array.from({ length: line.to }, (_, index) => coordinates[name](index, line));

/** Which pixels of the result lie in the image; all, unless a crop reaches beyond it. */
export const insideOf = (line: Line, options: ResizeOptions): readonly boolean[] =>
  placesOf(line, options).map(
    (place) =>
      options.coordinates !== "tf_crop_and_resize" ||
      (settled(place) >= 0 && settled(place) <= line.from - 1),
  );

/** The taps of each pixel of the result. */
export function tapsOf(line: Line, options: ResizeOptions): readonly Taps[] {
  const { mode, nearest = "round_prefer_floor", cubicCoefficient = -0.75 } = options;
  const curve = mode === "cubic" ? cubic(cubicCoefficient) : linear;
  return placesOf(line, options).map((place) =>
    mode === "nearest"
      ? new Map([[inside(roundings[nearest](settled(place)), line), 1]])
      : curvedTaps(place, curve, line, options),
  );
}

/** A place without what a division's rounding moved it by: 3, and not a hair less, which a floor makes 2. */
const settled = (place: number): number => Math.round(place * 2 ** 20) / 2 ** 20;

const inside = (place: number, { from }: Line): number => Math.min(Math.max(place, 0), from - 1);

function curvedTaps(
  place: number,
  { reach, weight }: Curve,
  line: Line,
  { excludeOutside, antialias }: ResizeOptions,
): Taps {
  const shrink = antialias ? Math.min(line.scale, 1) : 1;
  const taps = new Map<number, number>();
  let total = 0;
  for (let pixel = Math.floor(place - reach / shrink) + 1; pixel < place + reach / shrink; pixel++) {
    const nearby = inside(pixel, line);
    if (excludeOutside && nearby !== pixel) continue;
    const share = weight(Math.abs(pixel - place) * shrink);
    taps.set(nearby, (taps.get(nearby) ?? 0) + share);
    total += share;
  }
  return new Map(Array.from(taps, ([pixel, share]) => [pixel, share / total]));
}
