import { describe, expect, it } from "vitest";
import { choosePhotos } from "./choose-photos.js";
import { fileHashOf } from "./content-hash.js";
import type { Part } from "./parts.js";

function photos(label: number, count: number, part?: Part) {
  return Array.from({ length: count }, (_, at) => {
    const path = `${part}/${label}/${at}.jpg`;
    return { path, label, part, fileHash: fileHashOf(Buffer.from(path)) };
  });
}

const counts = (chosen: readonly { label: number }[]) =>
  [0, 1, 2].map((label) => chosen.filter((photo) => photo.label === label).length);

describe("choosePhotos", () => {
  it("takes as many of each class, and more of the others where one runs out", () => {
    const all = [...photos(0, 50), ...photos(1, 5), ...photos(2, 50)];
    expect(counts(choosePhotos(all, 12))).toEqual([4, 4, 4]);
    expect(counts(choosePhotos(all, 25))).toEqual([10, 5, 10]);
    expect(choosePhotos(all, 200)).toEqual(all);
  });

  it("chooses by content, not by name or order, and keeps the order", () => {
    const all = [...photos(0, 50), ...photos(1, 50)];
    const chosen = choosePhotos(all, 20);
    expect(chosen).toEqual(all.filter((photo) => chosen.includes(photo)));
    const other = choosePhotos(
      [...all].reverse().map((photo) => ({ ...photo, path: `x${photo.path}` })),
      20,
    );
    const hashes = (some: readonly { fileHash: string }[]) => some.map(({ fileHash }) => fileHash).sort();
    expect(hashes(other)).toEqual(hashes(chosen));
  });

  it("takes photos that cannot be opened last", () => {
    const gone = (label: number) => photos(label, 3).map((photo) => ({ ...photo, fileHash: "" }));
    const there = [...photos(0, 4), ...photos(1, 4)];
    const all = [...gone(0), ...gone(1), ...there];
    expect(choosePhotos(all, 8)).toEqual(there);
    expect(choosePhotos(all, 10).filter(({ fileHash }) => fileHash === "")).toHaveLength(2);
  });

  it("takes of each part in proportion, at least one photo of each of its classes", () => {
    const all = [
      ...photos(0, 80, "train"),
      ...photos(1, 80, "train"),
      ...photos(0, 20, "val"),
      ...photos(1, 20, "val"),
    ];
    const chosen = choosePhotos(all, 50);
    expect(chosen.filter((photo) => photo.part === "val").length).toBe(10);
    expect(choosePhotos(all, 4).map((photo) => photo.part)).toEqual(["train", "train", "val", "val"]);
  });

  it("refuses fewer than two of each class", () => {
    expect(() => choosePhotos([...photos(0, 5), ...photos(1, 5)], 3)).toThrow(
      expect.objectContaining({ code: "max-photos-too-small", hint: "Allow 4 or more." }),
    );
  });
});
