/** The forms in which a photo's pixels are kept between runs. */
import { type ResampleFilter, type RgbImage, resample } from "@fleuron/model";
import type { Resizing } from "../augmentation/crop-box.js";
import type { TestTimeAugmentation } from "../augmentation/test-time-augmentation.js";
import { type CropSet, cropCount, cropSetOf, cropsOf } from "../augmentation/views.js";

/** What is wanted of a photo: enough to crop from and augment, or what a network is given of it. */
export type PixelStorage =
  /** The exact result of resizing to `size`×`size`, whatever the photo's aspect ratio. */
  | { readonly kind: "squash"; readonly size: number; readonly filter: ResampleFilter }
  /** The photo with its shorter side reduced to `pixels`, never enlarged. */
  | { readonly kind: "shorter-side"; readonly pixels: number; readonly filter: ResampleFilter }
  /**
   * Crops of `size`×`size` below each other, from the photo whose shorter side is `resizeTo`: made of the whole photo at
   * once, to the bytes that classifying it would use.
   */
  | {
      readonly kind: "crops";
      readonly size: number;
      readonly resizeTo: number;
      readonly filter: ResampleFilter;
      readonly set: CropSet;
    };

/** How photos to learn from are kept: the exact squashed result, or enough of the photo to crop from. */
export const storageFor = ({ size, resize }: Resizing): PixelStorage =>
  resize.fit === "squash"
    ? { kind: "squash", size, filter: resize.filter }
    : { kind: "shorter-side", pixels: 2 * size, filter: resize.filter };

/** How photos to evaluate are kept: as preprocessing makes them for these views, from the whole photo. */
export function cropStorageFor(
  { size, resize }: Resizing,
  views: TestTimeAugmentation = "none",
): Exclude<PixelStorage, { readonly kind: "shorter-side" }> {
  const { filter } = resize;
  return resize.fit === "squash"
    ? { kind: "squash", size, filter }
    : { kind: "crops", size, filter, resizeTo: resize.resizeTo, set: cropSetOf(views) };
}

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** The size in which a photo of the size `photo` is kept. */
export function storedSize(storage: PixelStorage, photo: PixelSize): PixelSize {
  if (storage.kind !== "shorter-side") return fixedSize(storage);
  const scale = Math.min(1, storage.pixels / Math.min(photo.width, photo.height));
  return { width: Math.round(photo.width * scale), height: Math.round(photo.height * scale) };
}

/** The size of a form that does not depend on the photo's. */
export function fixedSize(storage: Exclude<PixelStorage, { readonly kind: "shorter-side" }>): PixelSize {
  const { size } = storage;
  return { width: size, height: storage.kind === "crops" ? size * cropCount(storage.set) : size };
}

/** Brings a decoded photo into the stored form. */
export function toStoredForm(image: RgbImage, storage: PixelStorage): RgbImage {
  if (storage.kind === "crops") {
    const { size, resizeTo, filter, set } = storage;
    return cropsOf(image, { size, resize: { fit: "cover", filter, resizeTo } }, set);
  }
  const { width, height } = storedSize(storage, image);
  if (width === image.width && height === image.height) return image;
  return resample(image, { width, height, filter: storage.filter });
}

/** Whether pixels of this size are the photo itself: nothing was taken away to store them. */
export const isWholePhoto = (storage: PixelStorage, { width, height }: PixelSize): boolean =>
  storage.kind === "shorter-side" && Math.min(width, height) < storage.pixels;

/** A folder's name for the form, such as `squash-227-nearest`. */
export function storageName(storage: PixelStorage): string {
  switch (storage.kind) {
    case "squash":
      return `squash-${storage.size}-${storage.filter}`;
    case "shorter-side":
      return `shorter-side-${storage.pixels}-${storage.filter}`;
    case "crops":
      return `crops-${storage.size}-of-${storage.resizeTo}-${storage.filter}-${storage.set}`;
    default:
      return storage satisfies never;
  }
}
