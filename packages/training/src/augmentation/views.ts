// Test-time augmentation: the views of a photo whose predictions are averaged.
import { createImage, type RgbImage, resample, resizePhoto, type SquarePreprocessing } from "@fleuron/model";
import { cropBox, type Resizing, roomOf } from "./crop-box.js";
import { flipRows } from "./flip-rows.js";
import type { TestTimeAugmentation } from "./test-time-augmentation.js";

/** Parts of a photo, each of the input's size, that views are made from. */
export type CropSet = "centre" | "corners-and-centre";

export interface View {
  /** Index of its crop. */
  readonly crop: number;
  readonly mirrored: boolean;
}

/** Where crops lie from left to right and from top to bottom, in shares of the room: 0.5 is the centre. */
const places = {
  centre: [[0.5, 0.5]],
  "corners-and-centre": [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
    [0.5, 0.5],
  ],
} as const satisfies { readonly [set in CropSet]: readonly (readonly [left: number, top: number])[] };

export const cropSetOf = (augmentation: TestTimeAugmentation): CropSet =>
  augmentation === "ten-crop" ? "corners-and-centre" : "centre";

export const cropCount = (set: CropSet): number => places[set].length;

export function viewsOf(augmentation: TestTimeAugmentation): readonly View[] {
  const mirrored = augmentation === "none" ? [false] : [false, true];
  return places[cropSetOf(augmentation)].flatMap((_, crop) =>
    mirrored.map((mirror) => ({ crop, mirrored: mirror })),
  );
}

/**
 * The crops of a photo below each other, [crops × size, size, 3]: each is resampled from the whole photo at once, and the
 * centre is what preprocessing makes of the photo wherever it is named.
 */
export function cropsOf(photo: RgbImage, resizing: Resizing, set: CropSet): RgbImage {
  const { size } = resizing;
  const crops = createImage(size, size * cropCount(set));
  places[set].forEach((place, index) => {
    const { data } = cropAt(photo, resizing, place);
    crops.data.set(data, index * data.length);
  });
  return crops;
}

function cropAt(photo: RgbImage, resizing: Resizing, [left, top]: readonly [number, number]): RgbImage {
  if (left === 0.5 && top === 0.5) return resizePhoto(photo, resizing);
  const { size, resize } = resizing;
  const room = roomOf(resizing);
  const box = cropBox(photo, resizing, left * room, top * room);
  return resample(photo, { box, width: size, height: size, filter: resize.filter });
}

/** A view as it is taken from a photo's crops, [size, size, 3]. */
export function viewIn(crops: RgbImage, { crop, mirrored }: View): RgbImage {
  const { width: size } = crops;
  const length = 3 * size * size;
  const data = crops.data.subarray(crop * length, (crop + 1) * length);
  const view = { width: size, height: size, data: mirrored ? data.slice() : data };
  if (mirrored) flipRows(view);
  return view;
}

/** Ratio of the resized photo's shorter side to the input's in the paper. */
const PAPER_RATIO = 256 / 227;

/** The preprocessing that has the views' crops: ten crops of a recipe that squashes are taken as the paper's are. */
export function preprocessingForViews(
  preprocessing: SquarePreprocessing,
  augmentation: TestTimeAugmentation,
): SquarePreprocessing {
  const { size, resize } = preprocessing;
  if (augmentation !== "ten-crop" || resize.fit === "cover") return preprocessing;
  const resizeTo = Math.round(size * PAPER_RATIO);
  return { ...preprocessing, resize: { fit: "cover", filter: resize.filter, resizeTo } };
}
