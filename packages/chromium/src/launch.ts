import type { Browser } from "playwright-core";
import { chromiumError, installHint } from "./errors.js";
import { type FindChromiumOptions, type FoundChromium, findChromium } from "./find.js";
import { sandboxCircumstances, sandboxWorks } from "./sandbox.js";

export interface LaunchChromiumOptions extends FindChromiumOptions {
  /** Whether pages get WebGPU, on SwiftShader where there is no GPU. Default true. */
  readonly webgpu?: boolean;
  /** More command-line flags. */
  readonly args?: readonly string[];
}

/** Playwright's own flags silence the rest: first run, background networking, component updates, sync. */
const QUIET_FLAGS = ["--disable-quic"];

/** Without it `navigator.gpu` exists on Linux, but `requestAdapter()` gives null. */
const WEBGPU_FLAGS = ["--enable-unsafe-webgpu"];

/**
 * Starts a headless Chromium, found by {@link findChromium}. The caller closes it. The signal cancels the start,
 * and has no effect on a browser that has started.
 * @throws FleuronError of {@link findChromium}, or `chromium-launch-failed`; the signal's reason when aborted.
 */
export async function launchChromium(options: LaunchChromiumOptions = {}): Promise<Browser> {
  const { webgpu = true, args = [], signal } = options;
  const found = await findChromium(options);
  const browser = await start(found, [...QUIET_FLAGS, ...(webgpu ? WEBGPU_FLAGS : []), ...args]);
  if (!signal?.aborted) return browser;
  await browser.close();
  throw signal.reason;
}

async function start(found: FoundChromium, args: string[]): Promise<Browser> {
  const { executablePath, environment, origin } = found;
  // It is large: a program that only looks for a browser does without it.
  const { chromium } = await import("playwright-core");
  try {
    return await chromium.launch({
      executablePath,
      args,
      chromiumSandbox: sandboxWorks(sandboxCircumstances(origin)),
      env: { ...process.env, ...environment },
    });
  } catch (cause) {
    throw chromiumError("chromium-launch-failed", `${executablePath} did not start: ${complaintIn(cause)}`, {
      subject: executablePath,
      hint: installHint(),
      cause,
    });
  }
}

/** The line that the browser wrote before it died, else the first line of Playwright's pages of log. */
function complaintIn(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const written = /\[pid=\d+\]\[err\] (.+)/.exec(text)?.[1];
  return written ?? text.split("\n", 1)[0]!;
}
