import {
  normalise,
  notebookPreprocessing,
  preprocess,
  type RgbImage,
  type SquarePreprocessing,
} from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import type { TestTimeAugmentation } from "./test-time-augmentation.js";
import { cropSetOf, cropsOf, preprocessingForViews, viewIn, viewsOf } from "./views.js";

const side = 24;
const cover: SquarePreprocessing = {
  ...notebookPreprocessing,
  size: side,
  resize: { fit: "cover", filter: "triangle", resizeTo: 28 },
};
const squash: SquarePreprocessing = { ...notebookPreprocessing, size: side };

function viewsIn(image: RgbImage, augmentation: TestTimeAugmentation, preprocessing: SquarePreprocessing) {
  const crops = cropsOf(image, preprocessing, cropSetOf(augmentation));
  return viewsOf(augmentation).map((view) => {
    const out = new Float32Array(3 * side * side);
    normalise(viewIn(crops, view), preprocessing, out, 0);
    return out;
  });
}

/** Rows of each channel turned around. */
const mirrored = (pixels: Float32Array) =>
  pixels.map((_, index) => pixels[index - (index % side) + (side - 1 - (index % side))]!);

describe("the views of a photo", () => {
  const flower = drawFlower({ seed: 2, width: 50, height: 40 });

  it("are the photo itself, and its mirror image", () => {
    for (const preprocessing of [cover, squash]) {
      const plain = preprocess(flower, preprocessing);
      expect(viewsIn(flower, "none", preprocessing)).toEqual([plain]);
      expect(viewsIn(flower, "flip", preprocessing)).toEqual([plain, mirrored(plain)]);
    }
  });

  it("are ten crops: four corners and the centre of the central square, and their mirror images", () => {
    // Pixels that say where they are; 28×28 in the middle of 40×28, so that nothing is resampled but the centre.
    const image: RgbImage = { width: 40, height: 28, data: new Uint8Array(40 * 28 * 3) };
    for (let y = 0; y < 28; y++) {
      for (let x = 0; x < 40; x++) image.data.set([x * 4, y * 4, 0], (y * 40 + x) * 3);
    }
    const views = viewsIn(image, "ten-crop", cover);
    const corner = (view: Float32Array) =>
      [view[0]!, view[side * side]!].map((value) => Math.round((value * 255) / 4));
    const straight = views.filter((_, index) => index % 2 === 0);
    expect(straight.map(corner)).toEqual([
      [6, 0],
      [10, 0],
      [6, 4],
      [10, 4],
      [8, 2],
    ]);
    for (const [index, view] of straight.entries()) expect(views[2 * index + 1]).toEqual(mirrored(view));
  });

  it("are crops in the paper's proportion where a recipe squashes, and its own where it crops", () => {
    expect(preprocessingForViews({ ...squash, size: 227 }, "ten-crop").resize).toEqual({
      fit: "cover",
      filter: "nearest",
      resizeTo: 256,
    });
    expect(preprocessingForViews(cover, "ten-crop")).toBe(cover);
    expect(preprocessingForViews(squash, "flip")).toBe(squash);
  });
});
