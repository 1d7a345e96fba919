import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writePhotos } from "./photos.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-bench-photos-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("divides each class alike: of five photos one is for validation", async () => {
  const [data, to] = [join(folder, "data"), join(folder, "to")];
  for (const name of ["daisy", "rose"]) {
    await mkdir(join(data, name), { recursive: true });
    for (let index = 0; index < 12; index++)
      await writeFile(join(data, name, `p${index}.jpg`), `${name} ${index}`);
    await writeFile(join(data, name, "notes.txt"), "");
  }
  const counts = await writePhotos(to, { data, perClass: 10, onProgress: undefined });
  expect(counts).toEqual({ trainCount: 16, valCount: 4 });
  const files = (await readdir(to, { recursive: true })).filter((file) => file.endsWith(".jpg"));
  const texts = await Promise.all(files.map((file) => readFile(join(to, file), "utf8")));
  expect(new Set(texts).size).toBe(20);
  expect((await readdir(join(to, "val", "rose"))).length).toBe(2);
});

it("draws JPEGs where no folder is given", async () => {
  expect(await writePhotos(folder, { data: undefined, perClass: 5, onProgress: undefined })).toEqual({
    trainCount: 20,
    valCount: 5,
  });
  const bytes = await readFile(join(folder, "val", "class4", "4.jpg"));
  expect(bytes.toString("hex", 0, 3)).toBe("ffd8ff");
});
