import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { listedPhotos } from "./photo-list.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-list-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("reads a list as Windows's Notepad saves it: with a byte order mark and its line ends", async () => {
  const list = join(folder, "list.txt");
  await writeFile(list, "\ufeffé.jpg\r\n\r\nb.jpg\r\n");
  const photos: string[] = [];
  for await (const photo of listedPhotos(list)) photos.push(photo);
  expect(photos).toEqual(["é.jpg", "b.jpg"]);
});
