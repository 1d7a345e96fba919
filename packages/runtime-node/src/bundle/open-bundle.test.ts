import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MANIFEST_FILE } from "@fleuron/model";
import { expect, it } from "vitest";
import { openBundle } from "./open-bundle.js";

it("says what should stand where a manifest is wrong", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fleuron-bundle-"));
  const file = join(folder, MANIFEST_FILE);
  await writeFile(file, JSON.stringify({ formatVersion: 1, labels: "roses" }));
  await expect(openBundle(folder)).rejects.toMatchObject({
    code: "manifest-invalid",
    message: `${file} is not a bundle's manifest: 'labels' must be a list, but is 'roses'.`,
  });
  await rm(folder, { recursive: true });
});
