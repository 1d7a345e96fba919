import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-bundle.js";
import { writeCompressed } from "./write-compressed.js";

it("stops while it compresses", async () => {
  await using lab = await temporaryFolder();
  const signal = AbortSignal.timeout(50);
  // Numbers of 4 bits, which take brotli seconds.
  const slow = Uint8Array.from({ length: 3_000_000 }, (_, at) => Math.imul(at, 2654435761) >>> 28);
  await expect(writeCompressed(lab.path(), { path: "slow", parts: [slow] }, { signal })).rejects.toThrow();
  expect(await readdir(lab.path())).toEqual([]);
});
