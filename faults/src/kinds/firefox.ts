import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findFirefox } from "@fleuron/testing";
import type { Fault } from "../fault.js";
import { wordsOf } from "../lost.js";

const runtimeWeb = fileURLToPath(new URL("../../../packages/runtime-web/", import.meta.url));
const vitest = fileURLToPath(
  new URL("../../../packages/runtime-web/node_modules/vitest/vitest.mjs", import.meta.url),
);
const MEGABYTES = 2 ** 20;

/** The test of runtime-web with more loads; `pnpm test` runs it with a few. */
export const firefox: Fault = {
  name: "firefox",
  what: "loads of the browser library with four threads in Firefox: none waits for ever",
  times: { long: 200, short: 0 },
  whole: true,
  async missing() {
    if (findFirefox() === undefined) return "no Firefox is installed; apt-get install firefox-esr";
    return existsSync(vitest) ? undefined : "packages/runtime-web has no vitest";
  },
  async *tries({ seed, times }) {
    const kind = "loads";
    try {
      await promisify(execFile)(process.execPath, [vitest, "run", "src/firefox.browser.test.ts"], {
        cwd: runtimeWeb,
        env: { ...process.env, FLEURON_FIREFOX_LOADS: String(times) },
        maxBuffer: 64 * MEGABYTES,
      });
      yield { kind, survived: times, lost: [] };
    } catch (error) {
      const what = error instanceof Error && "stdout" in error ? String(error.stdout) : wordsOf(error);
      yield { kind, survived: 0, lost: [{ seed, kind, what }] };
    }
  },
};
