import { newContext, SHORTER_SIDE, SIZE, toInput } from "./canvas.js";
import type { Contender } from "./contender.js";

/**
 * The steps of transformers.js (`RawImage.fromBlob`, `resize`, `center_crop` of its `utils/image.js`): the pixels leave
 * a canvas three times. It also drops and adds alpha in between, which is left out here.
 */
export const transformersPreprocessing: Contender = {
  name: "preprocessing in transformers.js's steps",
  async classify(photo) {
    const bitmap = await createImageBitmap(photo);
    const { width, height } = bitmap;
    const whole = newContext(width, height);
    whole.drawImage(bitmap, 0, 0);
    const read = whole.getImageData(0, 0, width, height);

    const scale = SHORTER_SIDE / Math.min(width, height);
    const [resizedWidth, resizedHeight] = [Math.round(width * scale), Math.round(height * scale)];
    const resized = newContext(resizedWidth, resizedHeight);
    resized.drawImage(canvasOf(read), 0, 0, resizedWidth, resizedHeight);
    const smaller = resized.getImageData(0, 0, resizedWidth, resizedHeight);

    const cropped = newContext(SIZE, SIZE);
    const [left, top] = [Math.floor((resizedWidth - SIZE) / 2), Math.floor((resizedHeight - SIZE) / 2)];
    cropped.drawImage(canvasOf(smaller), left, top, SIZE, SIZE, 0, 0, SIZE, SIZE);
    toInput(cropped.getImageData(0, 0, SIZE, SIZE).data);
    return {};
  },
};

function canvasOf(image: ImageData): OffscreenCanvas {
  const context = newContext(image.width, image.height);
  context.putImageData(image, 0, 0);
  return context.canvas;
}
