/** A colour as red, green and blue of 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Lays RGBA (interleaved, not premultiplied) on a background colour:
 * `round((value·alpha + background·(255 − alpha)) ÷ 255)`, in integers, halves upwards.
 * A browser that composites in another way can do this sum to get the same bytes.
 */
export function flattenOnBackground(
  rgba: Uint8Array | Uint8ClampedArray,
  background: Rgb,
): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  const [red, green, blue] = background;
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3]!;
    const rest = 255 - alpha;
    rgb[to] = Math.floor((rgba[from]! * alpha + red * rest + 127) / 255);
    rgb[to + 1] = Math.floor((rgba[from + 1]! * alpha + green * rest + 127) / 255);
    rgb[to + 2] = Math.floor((rgba[from + 2]! * alpha + blue * rest + 127) / 255);
  }
  return rgb;
}
