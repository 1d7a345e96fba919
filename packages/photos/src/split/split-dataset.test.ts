import { describe, expect, it } from "vitest";
import type { PreparedDataset, PreparedPhoto } from "../prepare/prepared-dataset.js";
import { contentHashOf, datasetHashOf } from "../scan/content-hash.js";
import type { Part } from "../scan/parts.js";
import { splitDataset } from "./split-dataset.js";
import { photosOfSplit } from "./split-file.js";
import { takePerClass } from "./take-per-class.js";

function photo(content: number, label: number, path = `${label}/${content}.jpg`, part?: Part): PreparedPhoto {
  const image = { data: Uint8Array.of(content, content >> 8, label), width: 1, height: 1 };
  return { path, label, part, fileHash: "", contentHash: contentHashOf(image), width: 1, height: 1 };
}

function dataset(photos: readonly PreparedPhoto[]): PreparedDataset {
  const labels = ["a", "b"];
  return {
    root: "/photos",
    layout: "classes",
    labels,
    photos,
    unreadable: [],
    duplicates: [],
    contentHash: datasetHashOf(photos, labels),
    pixels: {
      root: "/photos",
      storage: { kind: "squash", size: 1, filter: "nearest" },
      pixelFolder: undefined,
    },
  };
}

const many = Array.from({ length: 2000 }, (_, content) => photo(content, content % 2));
const paths = (photos: readonly { readonly path: string }[]) => photos.map(({ path }) => path);

describe("splitDataset", () => {
  it("gives each photo to one side, about as many to validation as asked for", () => {
    const { train, val, test } = splitDataset(dataset(many), { validationSplit: 0.3 });
    expect([...paths(train), ...paths(val)].sort()).toEqual(paths(many).sort());
    expect(test).toEqual([]);
    expect(val.length / many.length).toBeGreaterThan(0.26);
    expect(val.length / many.length).toBeLessThan(0.34);
  });

  it("moves no photo when others are added or renamed", () => {
    const before = new Set(paths(splitDataset(dataset(many.slice(0, 1500))).val));
    const after = new Set(paths(splitDataset(dataset(many)).val));
    for (const { path } of many.slice(0, 1500)) expect(after.has(path)).toBe(before.has(path));
    const renamed = many.map((one) => ({ ...one, path: `renamed/${one.path}` }));
    expect(paths(splitDataset(dataset(renamed)).val)).toEqual([...after].map((path) => `renamed/${path}`));
  });

  it("divides otherwise with another seed, and the same with the same", () => {
    const val = (splitSeed: number) => paths(splitDataset(dataset(many), { splitSeed }).val);
    expect(val(1)).toEqual(val(1));
    const [one, other] = [new Set(val(1)), val(2)];
    const overlap = other.filter((path) => one.has(path)).length / other.length;
    expect(overlap).toBeGreaterThan(0.1);
    expect(overlap).toBeLessThan(0.3);
  });

  it("keeps copies of a photo on one side, across classes too", () => {
    const copies = many.map((one) => ({ ...one, path: `copy/${one.path}`, label: 1 - one.label }));
    const { val } = splitDataset(dataset([...many, ...copies]));
    const originals = val.filter(({ path }) => !path.startsWith("copy/"));
    expect(val.length).toBe(originals.length * 2);
  });

  it.each([0.0001, 0.9999])(
    "leaves each class of two photos one on each side at a split of %s",
    (validationSplit) => {
      const few = [photo(1, 0), photo(2, 0), photo(3, 1), photo(4, 1), photo(5, 1)];
      const { train, val } = splitDataset(dataset(few), { validationSplit });
      for (const part of [train, val])
        expect(new Set(part.map(({ label }) => label))).toEqual(new Set([0, 1]));
    },
  );

  it("does not divide a photo from its only copy to fill a side", () => {
    const { train, val } = splitDataset(
      dataset([photo(1, 0), photo(1, 0, "0/copy.jpg"), photo(3, 1), photo(4, 1)]),
    );
    for (const part of [train, val]) expect(part.filter(({ label }) => label === 0).length % 2).toBe(0);
  });

  it("keeps nothing for validation when the split is 0, and refuses shares that are none", () => {
    expect(splitDataset(dataset(many), { validationSplit: 0 }).val).toEqual([]);
    for (const validationSplit of [-0.1, 1, Number.NaN]) {
      expect(() => splitDataset(dataset(many), { validationSplit })).toThrow(
        expect.objectContaining({ code: "validation-split-invalid" }),
      );
    }
  });

  it("honours train, val and test folders", () => {
    const placed = [
      photo(1, 0, "train/a/1.jpg", "train"),
      photo(2, 1, "train/b/2.jpg", "train"),
      photo(3, 0, "val/a/3.jpg", "val"),
      photo(4, 0, "test/a/4.jpg", "test"),
    ];
    const split = splitDataset(dataset(placed));
    expect([paths(split.train), paths(split.val), paths(split.test), split.validation]).toEqual([
      ["train/a/1.jpg", "train/b/2.jpg"],
      ["val/a/3.jpg"],
      ["test/a/4.jpg"],
      "folders",
    ]);
  });

  it("takes validation photos from train when there is no val folder", () => {
    const placed = many.map((one, at) => ({
      ...one,
      part: at < 100 ? ("test" as const) : ("train" as const),
    }));
    const split = splitDataset(dataset(placed));
    expect([split.test.length, split.validation]).toEqual([100, "hash"]);
    expect(split.val.length).toBeGreaterThan(300);
  });
});

describe("photosOfSplit", () => {
  const split = splitDataset(dataset(many));

  it("finds the photos again, beside new ones", () => {
    const { train, val } = photosOfSplit(dataset([...many, photo(9999, 0)]), split);
    expect([paths(train), paths(val)]).toEqual([paths(split.train), paths(split.val)]);
  });

  it("keeps the split's labels when the dataset has got another class", () => {
    const shifted = many.map((one) => ({ ...one, label: one.label + 1 }));
    const grown = { ...dataset(shifted), labels: ["Z", "a", "b"] };
    const { train } = photosOfSplit(grown, split);
    expect(train.map(({ label }) => label)).toEqual(split.train.map(({ label }) => label));
  });

  it("says which photo is gone, changed or of another class", () => {
    const [first, ...rest] = many;
    const changes = [
      [rest, "is gone"],
      [[{ ...first!, contentHash: "other" }, ...rest], "has other content since the split"],
      [[{ ...first!, label: 1 }, ...rest], "has another class"],
    ] as const;
    for (const [photos, message] of changes) {
      expect(() => photosOfSplit(dataset(photos), split)).toThrow(
        expect.objectContaining({ code: "split-mismatch", message: expect.stringContaining(message) }),
      );
    }
  });
});

describe("datasetHashOf", () => {
  it("knows contents and classes, not names and order", () => {
    const hash = datasetHashOf(many, ["a", "b"]);
    expect(datasetHashOf([...many].reverse(), ["a", "b"])).toBe(hash);
    expect(datasetHashOf(many, ["a", "c"])).not.toBe(hash);
    expect(datasetHashOf(many.slice(1), ["a", "b"])).not.toBe(hash);
    expect(datasetHashOf([{ ...many[0]!, label: 1 }, ...many.slice(1)], ["a", "b"])).not.toBe(hash);
  });
});

describe("takePerClass", () => {
  const split = splitDataset(dataset(many), { splitSeed: 1 });
  const drawn = (seed: number) => paths(takePerClass(split, 20, seed).train);

  it("draws so many training photos of each class, and leaves those that validate", () => {
    const few = takePerClass(split, 20, 0);
    expect(few).toEqual({ ...split, train: few.train });
    for (const label of [0, 1]) expect(few.train.filter((one) => one.label === label)).toHaveLength(20);
    expect(split.train).toEqual(expect.arrayContaining(few.train as unknown[]));
    expect(takePerClass(split, 5000, 0)).toEqual(split);
  });

  it("draws others with another seed, the same with the same, and more of the same when asked for more", () => {
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1).filter((path) => drawn(2).includes(path)).length).toBeLessThan(8);
    expect(paths(takePerClass(split, 30, 1).train)).toEqual(expect.arrayContaining(drawn(1)));
  });
});
