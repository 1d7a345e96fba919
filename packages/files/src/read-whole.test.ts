import { expect, it } from "vitest";
import { readWhole } from "./index.js";

/** A file of the bytes 0, 1, 2, …, that gives three of them at a time. */
const sluggish = (size: number): Parameters<typeof readWhole>[0] => ({
  read: (async (bytes: Uint8Array, at: number, length: number, position: number) => {
    const bytesRead = Math.max(Math.min(3, length, size - position), 0);
    for (let index = 0; index < bytesRead; index++) bytes[at + index] = position + index;
    return { bytesRead, buffer: bytes };
  }) as unknown as Parameters<typeof readWhole>[0]["read"],
});

it("reads on until the bytes are full", async () => {
  const bytes = new Uint8Array(7);
  expect(await readWhole(sluggish(20), bytes, 5)).toBe(7);
  expect([...bytes]).toEqual([5, 6, 7, 8, 9, 10, 11]);
});

it("says where a file ends", async () => {
  const bytes = new Uint8Array(7);
  expect(await readWhole(sluggish(10), bytes, 5)).toBe(5);
  expect([...bytes]).toEqual([5, 6, 7, 8, 9, 0, 0]);
  expect(await readWhole(sluggish(10), bytes, 12)).toBe(0);
});
