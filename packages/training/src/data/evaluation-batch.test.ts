import { notebookPreprocessing, preprocess, type SquarePreprocessing } from "@fleuron/model";
import { drawFlower } from "@fleuron/testing";
import { expect, it } from "vitest";
import type { TestTimeAugmentation } from "../augmentation/test-time-augmentation.js";
import { cropSetOf, cropsOf } from "../augmentation/views.js";
import { evaluationBatch } from "./evaluation-batch.js";

const flowers = Array.from({ length: 7 }, (_, seed) => drawFlower({ seed, width: 30, height: 24 }));
const preprocessing: SquarePreprocessing = {
  ...notebookPreprocessing,
  size: 12,
  resize: { fit: "cover", filter: "triangle", resizeTo: 14 },
};

const batchOf = (views: TestTimeAugmentation, begin: number, end: number) =>
  evaluationBatch(
    { preprocessing, testTimeAugmentation: views },
    async (index) => cropsOf(flowers[index]!, preprocessing, cropSetOf(views)),
    begin,
    end,
  );

it("holds the photos in order, preprocessed and nothing else", async () => {
  const { size, images } = await batchOf("none", 3, 6);
  expect(size).toBe(3);
  expect([...images]).toEqual([3, 4, 5].flatMap((photo) => [...preprocess(flowers[photo]!, preprocessing)]));
});

it("holds the views of a photo one after the other", async () => {
  const { size, images } = await batchOf("ten-crop", 2, 4);
  expect(size).toBe(20);
  const length = images.length / size;
  // The fifth crop is the centre, the view after it its mirror image.
  for (const [index, photo] of [2, 3].entries()) {
    const centre = images.subarray((index * 10 + 8) * length, (index * 10 + 9) * length);
    const mirrored = images.subarray((index * 10 + 9) * length, (index * 10 + 10) * length);
    expect(centre).toEqual(preprocess(flowers[photo]!, preprocessing));
    for (const row of [0, 11, 35]) {
      const rowOf = (view: Float32Array) => [...view.subarray(row * 12, row * 12 + 12)];
      expect(rowOf(centre).toReversed()).toEqual(rowOf(mirrored));
    }
  }
});
