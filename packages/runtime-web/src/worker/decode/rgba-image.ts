/** A decoded picture: four bytes a pixel, not premultiplied, row by row from the top left. */
export interface RgbaImage {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}
