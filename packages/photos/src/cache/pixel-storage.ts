/** The forms in which a photo's pixels are kept between runs. */
import { type ResampleFilter, type RgbImage, resample, unreachable } from "@fleuron/model";

/** What a recipe wants of a photo before it crops and augments. */
export type PixelStorage =
  /** The exact result of resizing to `size`×`size`, whatever the photo's aspect ratio. */
  | { readonly kind: "squash"; readonly size: number; readonly filter: ResampleFilter }
  /** The photo with its shorter side reduced to `pixels`, never enlarged. */
  | { readonly kind: "shorter-side"; readonly pixels: number; readonly filter: ResampleFilter };

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** The size in which a photo of the size `photo` is kept. */
export function storedSize(storage: PixelStorage, photo: PixelSize): PixelSize {
  switch (storage.kind) {
    case "squash":
      return { width: storage.size, height: storage.size };
    case "shorter-side": {
      const scale = Math.min(1, storage.pixels / Math.min(photo.width, photo.height));
      return { width: Math.round(photo.width * scale), height: Math.round(photo.height * scale) };
    }
    default:
      return unreachable(storage);
  }
}

/** Brings a decoded photo into the stored form. */
export function toStoredForm(image: RgbImage, storage: PixelStorage): RgbImage {
  const { width, height } = storedSize(storage, image);
  if (width === image.width && height === image.height) return image;
  return resample(image, { width, height, filter: storage.filter });
}

/** A folder's name for the form, such as `squash-227-nearest`. */
export function storageName(storage: PixelStorage): string {
  const pixels = storage.kind === "squash" ? storage.size : storage.pixels;
  return `${storage.kind}-${pixels}-${storage.filter}`;
}
