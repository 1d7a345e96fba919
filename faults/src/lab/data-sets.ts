// Folders of drawn photos, in the forms that photos come in.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawFlower, encodeJpeg } from "@fleuron/testing";

/** Draws so many photos of each class into a folder per class, and returns the folder above. */
export async function drawPhotos(
  folder: string,
  classes: Readonly<Record<string, number>>,
  firstSeed = 0,
): Promise<string> {
  for (const [label, [name, count]] of Object.entries(classes).entries()) {
    await mkdir(join(folder, name), { recursive: true });
    for (let index = 0; index < count; index++) {
      const flower = drawFlower({ label, seed: firstSeed + index, width: 80, height: 64 });
      await writeFile(join(folder, name, `${index}.jpg`), await encodeJpeg(flower));
    }
  }
  return folder;
}

const five = (count: number) => ({
  daisy: count,
  dandelion: count,
  roses: count,
  sunflowers: count,
  tulips: count,
});

/** Each draws itself into a folder. */
export const dataSets = {
  "class folders": (folder) => drawPhotos(folder, five(8)),
  async "train and val"(folder) {
    await drawPhotos(join(folder, "train"), five(6));
    await drawPhotos(join(folder, "val"), five(2), 6);
    return folder;
  },
  "two classes": (folder) => drawPhotos(folder, { cat: 16, dog: 16 }),
  unbalanced: (folder) => drawPhotos(folder, { many: 30, some: 8, few: 4 }),
} as const satisfies Record<string, (folder: string) => Promise<string>>;

export type DataSetName = keyof typeof dataSets;
export const dataSetNames = Object.keys(dataSets) as readonly DataSetName[];
