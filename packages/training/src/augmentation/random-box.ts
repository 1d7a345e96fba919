import { type Box, type RandomStream, type RgbImage, wholeImage } from "@fleuron/model";
import type { Augmentation } from "./augmentation.js";

type RandomResizedCrop = Extract<Augmentation, { type: "randomResizedCrop" }>;

/** Ten tries for a part of the drawn area and aspect ratio that fits; then the largest central one that does. */
export function randomBox(
  image: RgbImage,
  { area, aspectRatio }: Pick<RandomResizedCrop, "area" | "aspectRatio">,
  stream: RandomStream,
): Box {
  const [narrowest, widest] = aspectRatio;
  for (let attempt = 0; attempt < 10; attempt++) {
    const pixels = image.width * image.height * stream.uniformIn(area[0], area[1]);
    const ratio = Math.exp(stream.uniformIn(Math.log(narrowest), Math.log(widest)));
    const [width, height] = [Math.sqrt(pixels * ratio), Math.sqrt(pixels / ratio)];
    if (width > image.width || height > image.height) continue;
    return {
      left: stream.uniform() * (image.width - width),
      top: stream.uniform() * (image.height - height),
      width,
      height,
    };
  }
  const whole = wholeImage(image);
  const width = Math.min(whole.width, whole.height * widest);
  const height = Math.min(whole.height, whole.width / narrowest);
  return { left: (whole.width - width) / 2, top: (whole.height - height) / 2, width, height };
}
