/** A worker's job: draws one picture into a file of a folder that nobody reads yet. */
import { writeFile } from "node:fs/promises";
import { drawFlowerPicture } from "@fleuron/drawn-flowers";
import sharp from "sharp";
import type { DrawTask } from "./draw-task.js";

const JPEG_QUALITY = 90;

export default async function draw({ format, file, ...options }: DrawTask): Promise<void> {
  const { data, width, height } = drawFlowerPicture(options);
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  const encoded = format === "png" ? picture.png() : picture.jpeg({ quality: JPEG_QUALITY });
  await writeFile(file, await encoded.toBuffer());
}
