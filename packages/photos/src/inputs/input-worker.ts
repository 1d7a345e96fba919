/** A worker's job: a batch of photos from their files to the network's input. The pixels move to the thread that asked. */
import { inputLength, preprocess } from "@fleuron/model";
import { PixelBudget, useFile } from "@fleuron/runtime-node/photos";
import { Tinypool } from "tinypool";
import type { InputBatch, InputTask, PhotoRead } from "./input-task.js";

export default async function makeInputs({ photos, preprocessing, budget: shared }: InputTask) {
  const length = inputLength(preprocessing);
  const images = new Float32Array(photos.length * length);
  const { background } = preprocessing;
  const budget = new PixelBudget(shared);
  const read = async (photo: string, index: number): Promise<PhotoRead> => {
    const outcome = await useFile(photo, { background, budget }, (image) => {
      preprocess(image, preprocessing, images, index * length);
    });
    return "code" in outcome ? outcome : { photo };
  };
  const batch: InputBatch = { photos: await Promise.all(photos.map(read)), images };
  return movedWith(images.buffer, batch);
}

/** Its types know the two symbols as any. */
const movedWith = (buffer: ArrayBuffer, batch: InputBatch) =>
  Tinypool.move({
    [Tinypool.transferableSymbol]: buffer,
    [Tinypool.valueSymbol]: batch,
  } as object as Movable);

type Movable = Parameters<typeof Tinypool.move>[0];
