import type { Contender } from "./contenders.js";

const SIZE = 227;

/** How transformers.js and most pages read a photo: the canvas decodes, resizes and gives the pixels. */
export const canvasPreprocessing: Contender = {
  name: "preprocessing by canvas",
  async classify(photo) {
    const bitmap = await createImageBitmap(photo);
    const context = new OffscreenCanvas(SIZE, SIZE).getContext("2d", { willReadFrequently: true })!;
    context.drawImage(bitmap, 0, 0, SIZE, SIZE);
    bitmap.close();
    const { data } = context.getImageData(0, 0, SIZE, SIZE);
    const input = new Float32Array(3 * SIZE * SIZE);
    for (let pixel = 0; pixel < SIZE * SIZE; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        input[channel * SIZE * SIZE + pixel] = data[pixel * 4 + channel] / 255;
      }
    }
    return {};
  },
};
