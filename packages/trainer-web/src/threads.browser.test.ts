// Threads of WASM: there in cross-origin isolated pages. They round sums otherwise, so that a run keeps their number.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import type { RunStartEvent, TrainingEvent, TrainingOptions } from "./index.js";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ classes: ["daisy", "rose"], perClass: 8 });
});
afterAll(() => lab[Symbol.asyncDispose]());

const settings: TrainingOptions = {
  recipe: "modern",
  width: 0.05,
  imageSize: 67,
  batchSize: 4,
  epochs: 1,
  engines: ["wasm"],
};

async function trainInPage(options: TrainingOptions): Promise<readonly TrainingEvent[]> {
  const page = await lab.page();
  const { events } = await page.evaluate(async (options) => {
    const work = window.trainer.trainClassifier(await window.photos(), options);
    return { events: (await window.follow(work)).events };
  }, options);
  return events;
}

const threadsOf = (events: readonly TrainingEvent[]) =>
  (events.find(({ type }) => type === "run") as RunStartEvent).engine.threads;
const lossesOf = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) => (event.type === "step" ? [event.loss] : []));

it("a run has several in an isolated page, one elsewhere, the same losses, and keeps their number", async () => {
  lab.server.setFault("/", { headers: { "Cross-Origin-Embedder-Policy": "unsafe-none" } });
  const one = await trainInPage({ ...settings, run: "one" });
  lab.server.setFault("/", undefined);
  const several = await trainInPage({ ...settings, run: "several" });
  expect(threadsOf(one)).toBe(1);
  expect(threadsOf(several)).toBeGreaterThan(1);
  expect(lossesOf(several).length).toBeGreaterThan(1);
  for (const [step, loss] of lossesOf(several).entries())
    expect(Math.abs(loss - lossesOf(one)[step]!), `step ${step}`).toBeLessThan(1e-3 * loss);
  const page = await lab.page();
  const { isolated, events } = await page.evaluate(async () => ({
    isolated: crossOriginIsolated,
    events: (
      await window.follow(
        window.trainer.resumeTraining("one", { epochs: 2 }),
        ({ type }) => type === "run" && "leave",
      )
    ).events,
  }));
  expect(isolated).toBe(true);
  expect(threadsOf(events)).toBe(1);
});
