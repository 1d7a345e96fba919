/** The values that a file stores, turned as its EXIF tag says, and not multiplied by its transparency. */
export const BITMAP_OPTIONS = {
  colorSpaceConversion: "none",
  imageOrientation: "from-image",
  premultiplyAlpha: "none",
} as const satisfies ImageBitmapOptions;
