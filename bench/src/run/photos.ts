import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { fail } from "../arguments.js";

/** One of so many photos of a class is for validation, as `train` divides them by default. */
const PART_FOR_VALIDATION = 5;
const DRAWN_CLASSES = 5;

export interface PhotoFolderOptions {
  /** A folder of JPEGs per class. Absent: flowers are drawn, of the size of TensorFlow's photos. */
  readonly data: string | undefined;
  readonly perClass: number;
  readonly onProgress: ((what: string) => void) | undefined;
}

export interface PhotoCounts {
  readonly trainCount: number;
  readonly valCount: number;
}

/** Writes `train/` and `val/` below a folder, so that all contenders divide the photos alike. */
export async function writePhotos(
  to: string,
  { data, perClass, onProgress }: PhotoFolderOptions,
): Promise<PhotoCounts> {
  const counts = { train: 0, val: 0 };
  const classes = data === undefined ? drawnClasses(perClass) : await classesOf(data, perClass);
  for (const { name, photos } of classes) {
    onProgress?.(`photos of ${name}`);
    for (const part of Object.keys(counts)) await mkdir(join(to, part, name), { recursive: true });
    for (const [index, write] of photos.entries()) {
      const part = (index + 1) % PART_FOR_VALIDATION === 0 ? "val" : "train";
      await write(join(to, part, name, `${index}.jpg`));
      counts[part]++;
    }
  }
  return { trainCount: counts.train, valCount: counts.val };
}

interface PhotoClass {
  readonly name: string;
  /** Writes a photo to a file. */
  readonly photos: readonly ((file: string) => Promise<void>)[];
}

const drawnClasses = (perClass: number): readonly PhotoClass[] =>
  Array.from({ length: DRAWN_CLASSES }, (_, label) => ({
    name: `class${label}`,
    photos: Array.from({ length: perClass }, (_, index) => async (file: string) => {
      const flower = drawFlower({ width: 500, height: 333, label, seed: label * perClass + index });
      await writeFile(file, await encodeJpeg(flower));
    }),
  }));

async function classesOf(data: string, perClass: number): Promise<readonly PhotoClass[]> {
  const entries = await readdir(data, { withFileTypes: true }).catch(() => []);
  const classes = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => {
        const files = (await readdir(join(data, name))).filter((file) => /\.jpe?g$/i.test(file)).sort();
        return {
          name,
          photos: files
            .slice(0, perClass)
            .map((file) => (to: string) => copyFile(join(data, name, file), to)),
        };
      }),
  );
  const used = classes.filter(({ photos }) => photos.length >= PART_FOR_VALIDATION);
  return used.length >= 2
    ? used
    : fail(
        `--data must be a folder with a folder of ${PART_FOR_VALIDATION} JPEGs or more for each class: '${data}' is not.`,
      );
}
