/** A real WebKitGTK, where one is installed. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startStaticServer } from "../server.js";
import { findWebKit } from "./find.js";
import { launchWebKit } from "./launch.js";

const programs = findWebKit();
const skipped = programs
  ? ""
  : " (skipped: no WebKitGTK is installed; apt-get install webkit2gtk-driver xvfb)";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-test-"));
  vi.stubEnv("TMPDIR", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

it.skipIf(!programs)(`pages work in WebKit${skipped}`, async () => {
  await using server = await startStaticServer({
    crossOriginIsolated: true,
    files: { "/index.html": "<!doctype html><title>Fleuron</title>" },
  });
  await using webkit = await launchWebKit(programs!);
  const page = await webkit.page(server.url);
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

it("names the program that cannot be started, or ends", async () => {
  const launch = (screen: string) => launchWebKit({ driver: "/nowhere/driver", screen });
  await expect(launch("/nowhere/Xvfb")).rejects.toThrow("spawn /nowhere/Xvfb ENOENT");
  await expect(launch(process.execPath)).rejects.toThrow(
    `${process.execPath} ended before it could be driven.`,
  );
});
