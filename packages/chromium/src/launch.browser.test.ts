/** A real browser: the first run on a machine that has none unpacks the packaged one. */
import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FleuronError } from "@fleuron/model";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { launchChromium } from "./launch.js";

let server: Server;
let address: string;

beforeEach(async () => {
  server = createServer((_request, response) => response.end("<!doctype html><h1>Fleuron</h1>"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

describe("launchChromium", { timeout: 60_000 }, () => {
  it("gives pages a WebGPU adapter", async () => {
    await using browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(address);
    expect(await page.evaluate(adapterVendor)).toMatch(/\w/);
  });

  it("draws text, with or without fonts on the machine", async () => {
    await using browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(address);
    const box = await page.getByText("Fleuron").evaluate((heading) => {
      const range = document.createRange();
      range.selectNodeContents(heading);
      return range.getBoundingClientRect().width;
    });
    expect(box).toBeGreaterThan(50);
  });

  it("passes flags on", async () => {
    await using browser = await launchChromium({ args: ["--user-agent=Fleuron/1"] });
    const page = await browser.newPage();
    expect(await page.evaluate(() => navigator.userAgent)).toBe("Fleuron/1");
  });

  it.skipIf(process.platform !== "linux")("leaves no process when it is closed", async () => {
    const mark = randomUUID();
    vi.stubEnv("FLEURON_TEST_MARK", mark);
    const browser = await launchChromium();
    await browser.newPage();
    expect(await processesMarked(mark)).not.toHaveLength(0);
    await browser.close();
    await expect.poll(() => processesMarked(mark)).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("shows what the browser complained of when it dies", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fleuron-launch-"));
    const stub = join(folder, "chromium");
    await writeFile(stub, '#!/bin/sh\n[ "$1" = --version ] || { echo no display >&2; exit 1; }\n');
    await chmod(stub, 0o755);
    vi.stubEnv("FLEURON_CHROMIUM", stub);
    const error = await launchChromium().catch((error: unknown) => error);
    await rm(folder, { recursive: true });
    expect(error).toBeInstanceOf(FleuronError);
    expect(error).toMatchObject({
      code: "chromium-launch-failed",
      message: `${stub} did not start: no display`,
      hint: expect.stringContaining("FLEURON_CHROMIUM"),
    });
  });

  it("rejects with the signal's reason and closes the browser when aborted during the start", async () => {
    const mark = randomUUID();
    vi.stubEnv("FLEURON_TEST_MARK", mark);
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const launched = launchChromium({ signal: controller.signal });
    setTimeout(() => controller.abort(reason), 60);
    await expect(launched).rejects.toBe(reason);
    if (process.platform === "linux") await expect.poll(() => processesMarked(mark)).toEqual([]);
  });
});

async function adapterVendor(): Promise<string | undefined> {
  const { gpu } = navigator as unknown as {
    gpu: { requestAdapter(): Promise<{ info: { vendor: string } } | null> };
  };
  return (await gpu.requestAdapter())?.info.vendor;
}

/** Every process that inherited the mark from this one's environment. */
async function processesMarked(mark: string): Promise<string[]> {
  const marked: string[] = [];
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (environment.includes(mark)) marked.push(pid);
  }
  return marked;
}
