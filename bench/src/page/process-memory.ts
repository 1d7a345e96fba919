// How much memory a page takes: that of the processes which run its scripts and its GPU, as Linux counts it.
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";

/** Those of a page; not the browser's own, nor its network's. */
const OF_PAGES: ReadonlySet<string> = new Set(["renderer", "GPU"]);
const MILLISECONDS_BETWEEN = 100;

export interface MemoryWatch {
  /** The most so far, in bytes; undefined where the system does not say. */
  readonly peakBytes: number | undefined;
  stop(): Promise<void>;
}

/**
 * Adds up the proportional set sizes of a browser's renderers and of its GPU process, ten times a second. Pages that processes share count
 * in parts.
 */
export async function watchMemory(browser: Browser): Promise<MemoryWatch> {
  const devTools = await browser.newBrowserCDPSession();
  let peak: number | undefined;
  let going = true;
  const watching = (async () => {
    while (going) {
      const { processInfo } = await devTools.send("SystemInfo.getProcessInfo");
      const sizes = await Promise.all(
        processInfo.filter(({ type }) => OF_PAGES.has(type)).map(({ id }) => proportionalBytes(id)),
      );
      const known = sizes.filter((size) => size !== undefined);
      if (known.length > 0)
        peak = Math.max(
          peak ?? 0,
          known.reduce((sum, size) => sum + size, 0),
        );
      await sleep(MILLISECONDS_BETWEEN);
    }
  })();
  return {
    get peakBytes() {
      return peak;
    },
    async stop() {
      going = false;
      await watching;
      await devTools.detach();
    },
  };
}

async function proportionalBytes(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  const [, kilobytes] = /^Pss:\s+(\d+) kB$/m.exec(text) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
