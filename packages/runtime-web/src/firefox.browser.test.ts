// Firefox, where one is installed: its worker's workers sometimes never start. FLEURON_FIREFOX_LOADS says how often to try.
import { type DrivenPage, drawFlower, encodeJpeg, findFirefox, launchFirefox } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeUpBundle, shallowNetwork } from "./fixtures/made-up-bundle.js";
import { openSite, type Site } from "./fixtures/site.js";
import type { WebClassifier } from "./index.js";

declare global {
  interface Window {
    classifier: WebClassifier;
  }
}

const LOADS = Number(process.env.FLEURON_FIREFOX_LOADS ?? 5);
const THREADS = 4;
/** Milliseconds; more than all limits of one load together. */
const LONGEST_LOAD = 180_000;

const executable = findFirefox();
const skipped = executable ? "" : " (skipped: no Firefox is installed; apt-get install firefox-esr)";

/** It ends when it is asked to. */
const MORTAL = `
import "/fleuron/fleuron-wasm.js";
new BroadcastChannel("end").onmessage = () => self.close();`;

describe.skipIf(!executable)(`in Firefox${skipped}`, () => {
  let firefox: Awaited<ReturnType<typeof launchFirefox>>;
  let site: Site;
  let page: DrivenPage;
  beforeAll(async () => {
    site = await openSite({
      bundle: await makeUpBundle({ network: shallowNetwork }),
      files: {
        "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })),
        "/mortal/fleuron-wasm.js": MORTAL,
      },
    });
    firefox = await launchFirefox(executable!);
    page = await firefox.page(site.server.url);
  });
  afterAll(async () => {
    await firefox?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
  });

  it(`${LOADS} loads with ${THREADS} threads all end, with one thread where more never start`, {
    timeout: LOADS * LONGEST_LOAD,
  }, async ({ annotate }) => {
    const seconds: number[] = [];
    let fallenBack = 0;
    for (let load = 1; load <= LOADS; load++) {
      const seen = await page.evaluate(async (threads) => {
        const started = performance.now();
        const classifier = await window.fleuron.loadClassifier("/bundle/", { threads });
        const { predictions } = await classifier.classify("/photo.jpg");
        await classifier.dispose();
        return {
          isolated: crossOriginIsolated,
          labels: predictions.length,
          fallbacks: classifier.fallbacks.filter(({ executionProvider }) => executionProvider === "wasm"),
          seconds: (performance.now() - started) / 1000,
        };
      }, THREADS);
      expect(seen, `load ${load}`).toMatchObject({ isolated: true, labels: 5 });
      for (const fallback of seen.fallbacks) {
        expect(fallback).toMatchObject({
          threads: THREADS,
          reason: expect.stringContaining("onnxruntime started its threads"),
        });
        fallenBack++;
      }
      seconds.push(seen.seconds);
    }
    seconds.sort((a, b) => a - b);
    await annotate(
      `${LOADS} loads: ${fallenBack} with one thread at last; ` +
        `median ${seconds[LOADS >> 1]!.toFixed(1)} s, longest ${seconds[LOADS - 1]!.toFixed(1)} s`,
    );
  });

  it("a worker that closes itself rejects what waits, and everything after", async () => {
    site.server.setFault("/photo.jpg", { stallAfter: 100 });
    const codes = await page.evaluate(async () => {
      const classifier = await window.fleuron.loadClassifier("/bundle/", {
        workerBaseUrl: "/mortal",
        threads: 1,
      });
      const classify = async () => (await window.failure(classifier.classify("/photo.jpg")))?.code;
      const waiting = classify();
      new BroadcastChannel("end").postMessage("now");
      return [await waiting, await classify()];
    }, null);
    expect(codes).toEqual(["worker-failed", "worker-failed"]);
  });
});
