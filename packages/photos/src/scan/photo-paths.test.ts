import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { follow } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listPhotos } from "./photo-paths.js";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "fleuron-paths-"));
  await mkdir(path.join(root, "rose", "garden"), { recursive: true });
  for (const name of ["rose/2.png", "rose/garden/1.jpg", "3.webp"]) await put(name);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const put = (name: string) => writeFile(path.join(root, name), "");

describe("listPhotos", () => {
  it("takes a folder for the photos below it, and a file for itself", async () => {
    const { result, events } = await follow(listPhotos([root, "a.heic", path.join(root, "rose/garden")]));
    const below = ["3.webp", "rose/2.png", "rose/garden/1.jpg"].map((name) => path.join(root, name));
    expect(result).toEqual([...below, "a.heic", path.join(root, "rose/garden/1.jpg")]);
    expect(events).toEqual([]);
  });

  it("says what else lies in the folders", async () => {
    for (const name of ["rose/4.heic", "rose/garden/5.HEIC", "6.gif"]) await put(name);
    const { result, events } = await follow(listPhotos([root]));
    expect(result).toHaveLength(3);
    expect(events).toEqual([
      {
        type: "warning",
        code: "files-left-out",
        message: "Left out: 2 .heic, 1 .gif. JPEG, PNG and WebP files are read.",
      },
    ]);
  });

  it("refuses a folder without photos", async () => {
    const empty = path.join(root, "empty");
    await mkdir(empty);
    await expect(follow(listPhotos([empty]))).rejects.toMatchObject({
      code: "photos-not-found",
      subject: empty,
    });
  });
});
