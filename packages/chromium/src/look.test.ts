import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { installedPlaces } from "./installed-places.js";
import { lookForChromium } from "./look.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-look-"));
  vi.stubEnv("FLEURON_CACHE", join(folder, "cache"));
  vi.stubEnv("FLEURON_CHROMIUM", "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function script(body: string): Promise<string> {
  const file = join(folder, "chromium");
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

describe.skipIf(process.platform !== "linux")("looking for a Chromium", () => {
  it("finds the one that is named", async () => {
    const named = await script("echo Chromium 1");
    vi.stubEnv("FLEURON_CHROMIUM", named);
    expect(await lookForChromium()).toEqual({ ok: true, found: named });
  });

  it("finds an installed one", async () => {
    const installed = await script("echo Chromium 1");
    vi.stubEnv("PATH", folder);
    expect(installedPlaces()[0]).toBe(installed);
    expect(await lookForChromium()).toEqual({ ok: true, found: installed });
  });

  it("says why the one that is named does not start, and what to do", async () => {
    vi.stubEnv("FLEURON_CHROMIUM", await script("echo no display >&2; exit 1"));
    expect(await lookForChromium()).toEqual({
      ok: false,
      found: expect.stringMatching(/does not start: no display$/),
      hint: expect.stringContaining("unset it"),
    });
  });

  it("unpacks nothing", async () => {
    await lookForChromium();
    expect(await readdir(folder)).toEqual([]);
  });
});
