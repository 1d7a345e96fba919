/** What browsers and Pillow make of stored inks: `round((255 − ink)·(255 − black) ÷ 255)`. */
export function rgbOfCmyk(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3);
  for (let from = 0, to = 0; from < cmyk.length; from += 4, to += 3) {
    const light = 255 - cmyk[from + 3]!;
    rgb[to] = Math.round(((255 - cmyk[from]!) * light) / 255);
    rgb[to + 1] = Math.round(((255 - cmyk[from + 1]!) * light) / 255);
    rgb[to + 2] = Math.round(((255 - cmyk[from + 2]!) * light) / 255);
  }
  return rgb;
}
