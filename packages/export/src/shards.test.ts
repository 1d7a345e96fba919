import { expect, it } from "vitest";
import { shards } from "./shards.js";

const bytes = (from: number, to: number) =>
  Uint8Array.from({ length: to - from }, (_, index) => from + index);
const contents = (files: readonly (readonly Uint8Array[])[]) =>
  files.map((parts) => parts.flatMap((part) => [...part]));

it("cuts parts that follow one another every so many bytes", () => {
  expect(contents(shards([bytes(0, 3), bytes(3, 4), bytes(4, 11)], 4))).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9, 10],
  ]);
});

it("makes no empty file after a full one", () => {
  expect(contents(shards([bytes(0, 8)], 4))).toHaveLength(2);
});

it("copies nothing", () => {
  const part = bytes(0, 8);
  expect(
    shards([part], 4)
      .flat()
      .every(({ buffer }) => buffer === part.buffer),
  ).toBe(true);
});
