import { newContext, SHORTER_SIDE, SIZE, toInput } from "./canvas.js";
import type { Contender } from "./contender.js";

/** The least that a page can do: one canvas crops, resizes and gives the pixels. */
export const canvasPreprocessing: Contender = {
  name: "preprocessing by canvas",
  async classify(photo) {
    const bitmap = await createImageBitmap(photo);
    const { width, height } = bitmap;
    const side = (Math.min(width, height) * SIZE) / SHORTER_SIDE;
    const context = newContext(SIZE, SIZE, { willReadFrequently: true });
    context.drawImage(bitmap, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIZE, SIZE);
    bitmap.close();
    toInput(context.getImageData(0, 0, SIZE, SIZE).data);
    return {};
  },
};
