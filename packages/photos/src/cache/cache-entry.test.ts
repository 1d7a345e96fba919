import { drawFlower } from "@fleuron/testing";
import { expect, it } from "vitest";
import { decodeEntry, encodeEntry, entryBytes } from "./cache-entry.js";

const entry = { image: drawFlower({ width: 7, height: 5 }), contentHash: "ab".repeat(32) };
const bytes = Buffer.concat(encodeEntry(entry));

it("comes back as it was, in the announced number of bytes", () => {
  expect(decodeEntry(bytes)).toEqual(entry);
  expect(bytes.length).toBe(entryBytes(entry.image));
});

it("notices any changed byte that means something, and any cut", () => {
  const meaningful = [...bytes.keys()].filter((at) => at < 52 || at >= 64);
  for (const at of meaningful) {
    const damaged = Buffer.from(bytes);
    damaged[at]! ^= 0x10;
    expect(decodeEntry(damaged), `byte ${at}`).toBeUndefined();
  }
  for (const length of [0, 3, 63, 64, bytes.length - 1]) {
    expect(decodeEntry(bytes.subarray(0, length)), `${length} bytes`).toBeUndefined();
  }
});
