/** A real Firefox, where one is installed. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startStaticServer } from "../server.js";
import { findFirefox } from "./find.js";
import { launchFirefox } from "./launch.js";

const executable = findFirefox();
const skipped = executable ? "" : " (skipped: no Firefox is installed; apt-get install firefox-esr)";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-test-"));
  for (const name of ["TMPDIR", "TEMP"]) vi.stubEnv(name, folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

it.skipIf(!executable)(`pages work in Firefox${skipped}`, async () => {
  await using server = await startStaticServer({
    crossOriginIsolated: true,
    files: { "/index.html": "<!doctype html><title>Fleuron</title>" },
  });
  await using firefox = await launchFirefox(executable!);
  const page = await firefox.page(server.url);
  const seen = await page.evaluate(
    async (word) => ({ word, title: document.title, isolated: crossOriginIsolated }),
    "ärgerlich",
  );
  expect(seen).toEqual({ word: "ärgerlich", title: "Fleuron", isolated: true });
  expect(await page.evaluate(() => undefined, null)).toBeUndefined();
  const failing = page.evaluate(() => Promise.reject(new Error("not today")), null);
  await expect(failing).rejects.toThrow("not today");
  await page.close();
});

it("says what an executable complained of that is no Firefox", async () => {
  await expect(launchFirefox(process.execPath)).rejects.toThrow(/ended before it could be driven: .+/);
  await expect(launchFirefox("/nowhere/firefox")).rejects.toThrow("ENOENT");
});
