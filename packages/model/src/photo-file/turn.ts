import type { RgbImage } from "../preprocessing/index.js";
import type { Orientation } from "./exif.js";

/** How a stored picture becomes upright. */
export interface Turn {
  /** Clockwise, in degrees. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** Mirrored left to right after that. */
  readonly flip: boolean;
}

const turns: { readonly [orientation in Orientation]: Turn } = {
  1: { rotation: 0, flip: false },
  2: { rotation: 0, flip: true },
  3: { rotation: 180, flip: false },
  4: { rotation: 180, flip: true },
  5: { rotation: 90, flip: true },
  6: { rotation: 90, flip: false },
  7: { rotation: 270, flip: true },
  8: { rotation: 270, flip: false },
};

export const turnOf = (orientation: Orientation): Turn => turns[orientation];

/** The picture itself where nothing is to be done. */
export function turned<Image extends RgbImage>(
  image: Image,
  { rotation, flip }: Turn,
): Image | (RgbImage & { readonly data: Uint8Array<ArrayBuffer> }) {
  if (rotation === 0 && !flip) return image;
  const { data, width, height } = image;
  const [outWidth, outHeight] = rotation % 180 === 0 ? [width, height] : [height, width];
  /** Pixels: where the top left one of the result comes from, and a step to the right and a step down from there. */
  const [first, right, down] = (
    {
      0: [0, 1, width],
      90: [(height - 1) * width, -width, 1],
      180: [width * height - 1, -1, -width],
      270: [width - 1, width, -1],
    } as const
  )[rotation];
  const start = flip ? first + (outWidth - 1) * right : first;
  const step = (flip ? -right : right) * 3;
  const out = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < outHeight; y++) {
    for (let x = 0, from = (start + y * down) * 3; x < outWidth; x++, from += step, to += 3) {
      out[to] = data[from]!;
      out[to + 1] = data[from + 1]!;
      out[to + 2] = data[from + 2]!;
    }
  }
  return { data: out, width: outWidth, height: outHeight };
}
