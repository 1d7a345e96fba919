// What does the library cost beside a bare run, and beside its peers? Full-width AlexNet of five classes in float32,
// one photo of 500×333 at a time, all in one page of one Chromium.
import { launchChromium } from "@fleuron/chromium";
import { startStaticServer } from "@fleuron/testing";
import { median } from "../statistics.js";
import type { BrowserOptions } from "./options.js";
import type { Absent, Measurement } from "./page/contender.js";
import { buildSite } from "./site.js";

export interface BrowserResult {
  readonly contender: string;
  /** Medians, in milliseconds, of whatever the contender can tell apart. */
  readonly medians: Readonly<Record<string, number>>;
}

export interface BrowserResults {
  readonly results: readonly BrowserResult[];
  readonly absent: readonly Absent[];
}

export async function measureInBrowser(
  { steps, threads }: BrowserOptions,
  onProgress: (what: string) => void = () => undefined,
): Promise<BrowserResults> {
  onProgress("writing the bundle");
  await using site = await buildSite();
  await using server = await startStaticServer({
    files: site.folder,
    crossOriginIsolated: true,
    // With "no-store", Chromium leaves bodies on the connection until somebody reads them, and tfjs reads none before
    // all of its 56 requests are answered, on the six connections that there are over HTTP/1.1: it waits for ever.
    headers: { "Cache-Control": "no-cache" },
  });
  await using browser = await launchChromium();
  const page = await browser.newPage();
  await page.exposeFunction("tellProgress", onProgress);
  await page.goto(server.url);
  await page.waitForFunction(() => window.bench !== undefined);
  const { rounds, absent } = await page.evaluate((options) => window.bench.measure(options), {
    steps,
    threads,
  });
  const results = Object.keys(rounds[0]!).map((contender) => ({
    contender,
    medians: mediansOf(rounds.map((round) => round[contender]!)),
  }));
  return { results, absent };
}

function mediansOf(measurements: readonly Measurement[]): Record<string, number> {
  const parts = Object.keys(measurements[0]!);
  return Object.fromEntries(parts.map((part) => [part, median(measurements.map((each) => each[part]!))]));
}
