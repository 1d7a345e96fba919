// Firefox, where one is installed.
import { findFirefox, launchFirefox } from "@fleuron/testing";
import { expect, it } from "vitest";
import { openSite } from "./fixtures/site.js";

const executable = findFirefox();
const skipped = executable ? "" : " (skipped: no Firefox is installed; apt-get install firefox-esr)";

it.skipIf(!executable)(`trains in Firefox on WASM, keeps the run and opens it again${skipped}`, async () => {
  // One thread: a worker's workers sometimes never start there.
  await using site = await openSite({
    classes: ["daisy", "rose"],
    perClass: 8,
    crossOriginIsolated: false,
  });
  await using firefox = await launchFirefox(executable!);
  const page = await firefox.page(site.server.url);
  const seen = await page.evaluate(
    async (options) => {
      const photos = await window.photos();
      const { events, failure } = await window.follow(window.trainer.trainClassifier(photos, options));
      const saved = await window.trainer.savedRuns();
      const longer = window.trainer.resumeTraining("training", { epochs: 2 });
      const resumed = await window.follow(longer, ({ type }) => type === "run" && "leave");
      const { bundle } = await window.trainer.openRun("training");
      const classifier = await window.runtime.loadClassifier(bundle, { executionProviders: ["wasm"] });
      const { predictions } = await classifier.classify(photos[0]!.photo);
      await classifier.dispose();
      return { events, failure, saved, resumed: resumed.events, labels: predictions.length };
    },
    { recipe: "modern", width: 0.05, imageSize: 67, batchSize: 4, epochs: 1, engines: ["wasm"] } as const,
  );
  expect(seen.failure).toBeUndefined();
  expect(seen.events.find(({ type }) => type === "run")).toMatchObject({
    saved: true,
    engine: { engine: "wasm", threads: 1 },
  });
  expect(seen.saved).toMatchObject([{ run: "training", epoch: 1, finished: true }]);
  expect(seen.resumed.at(-1)).toMatchObject({ type: "run", resumed: true, epochs: 2 });
  expect(seen.labels).toBe(2);
});
