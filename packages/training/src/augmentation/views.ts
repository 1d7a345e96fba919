// Test-time augmentation: the views of a photo whose predictions are averaged.
import {
  createImage,
  normalise,
  type PreprocessingSpecification,
  preprocess,
  type RgbImage,
  resample,
  wholeImage,
} from "@fleuron/model";
import { cropBox, roomOf } from "./crop-box.js";
import { flipRows } from "./flip-rows.js";

export const testTimeAugmentations = ["none", "flip", "ten-crop"] as const;

/**
 * `none`: the photo as it is preprocessed; `flip`: that and its mirror image; `ten-crop`: four corners and the
 * centre of the resized central square, and their mirror images (Krizhevsky et al. 2012, section 4.1).
 */
export type TestTimeAugmentation = (typeof testTimeAugmentations)[number];

export interface View {
  /** Where it lies from left to right and from top to bottom, in shares of the room: 0.5 is the centre. */
  readonly place: readonly [left: number, top: number];
  readonly mirrored: boolean;
}

const centre = [0.5, 0.5] as const;
const places = {
  none: [centre],
  flip: [centre],
  "ten-crop": [[0, 0], [1, 0], [0, 1], [1, 1], centre],
} as const;

export function viewsOf(augmentation: TestTimeAugmentation): readonly View[] {
  const mirrored = augmentation === "none" ? [false] : [false, true];
  return places[augmentation].flatMap((place) => mirrored.map((mirror) => ({ place, mirrored: mirror })));
}

/** A view of a photo as the network's input, [3, size, size], written from `out[offset]` on. */
export function preprocessView(
  image: RgbImage,
  { place, mirrored }: View,
  preprocessing: PreprocessingSpecification,
  out: Float32Array,
  offset: number,
): void {
  const [left, top] = place;
  if (left === 0.5 && top === 0.5 && !mirrored) {
    preprocess(image, preprocessing, out, offset);
    return;
  }
  const { size, resize } = preprocessing;
  const room = roomOf(preprocessing);
  const box =
    resize.fit === "squash" ? wholeImage(image) : cropBox(image, preprocessing, left * room, top * room);
  const view = resample(
    image,
    { box, width: size, height: size, filter: resize.filter },
    createImage(size, size),
  );
  if (mirrored) flipRows(view);
  normalise(view, preprocessing, out, offset);
}

/** Ratio of the resized photo's shorter side to the input's in the paper. */
const PAPER_RATIO = 256 / 227;

/** The preprocessing that has the views' crops: ten crops of a recipe that squashes are taken as the paper's are. */
export function preprocessingForViews(
  preprocessing: PreprocessingSpecification,
  augmentation: TestTimeAugmentation,
): PreprocessingSpecification {
  const { size, resize } = preprocessing;
  if (augmentation !== "ten-crop" || resize.fit === "cover") return preprocessing;
  const resizeTo = Math.round(size * PAPER_RATIO);
  return { ...preprocessing, resize: { fit: "cover", filter: resize.filter, resizeTo } };
}
