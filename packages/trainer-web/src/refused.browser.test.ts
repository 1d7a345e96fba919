// What is refused before a step is taken, each with one message.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import type { TrainingOptions } from "./index.js";

const small = { recipe: "modern", width: 0.05, imageSize: 67, batchSize: 4, epochs: 1 } as const;

let lab: Lab;
let page: Page;
beforeAll(async () => {
  lab = await openLab({ classes: ["daisy", "rose"], perClass: 6 });
  page = await lab.page();
});
afterAll(() => lab[Symbol.asyncDispose]());
afterEach(() =>
  page.evaluate(async () => {
    for (const { run } of await window.trainer.savedRuns()) await window.trainer.deleteRun(run);
  }),
);

interface Chosen {
  /** How many photos of each class. Default: all. */
  readonly of?: Readonly<Record<string, number>>;
  /** How many photos of each class have no photo in them. */
  readonly broken?: Readonly<Record<string, number>>;
}

const trainOn = ({ of = {}, broken = {} }: Chosen, options: TrainingOptions = {}, on = page) =>
  on.evaluate(
    async ({ of, broken, options }) => {
      const given = (await window.photos()).filter(
        ({ photo, label }) => Number.parseInt(photo.name, 10) < (of[label] ?? Number.POSITIVE_INFINITY),
      );
      const photos = given.map((each) =>
        Number.parseInt(each.photo.name, 10) < (broken[each.label] ?? 0)
          ? { ...each, photo: new File(["no photo"], `holiday-${each.photo.name}`) }
          : each,
      );
      const work = window.trainer.trainClassifier(photos, options);
      // What is not refused is left before its first step.
      const { events, failure } = await window.follow(work, ({ type }) => type === "run" && "leave");
      return { events, failure, saved: (await window.trainer.savedRuns()).map(({ run }) => run) };
    },
    { of, broken, options: { ...small, ...options } },
  );

describe("photos", () => {
  it.each([
    ["none", { daisy: 0, rose: 0 }, "at least two classes"],
    ["a single one", { daisy: 1, rose: 0 }, "at least two classes"],
    ["one class", { rose: 0 }, "at least two classes"],
    ["one of a class, which validates", { daisy: 1 }, "at least two different photos of 'daisy'"],
  ])("are too few: %s", async (_, of, message) => {
    const { failure, saved } = await trainOn({ of });
    expect(failure).toMatchObject({ code: "photos-too-few", subject: "photos" });
    expect(failure!.message).toContain(message);
    expect(saved).toEqual([]);
  });

  it("that cannot be read are named, and left out before the first step", async () => {
    const { events, failure } = await trainOn({ broken: { daisy: 1 } }, { run: "one broken" });
    expect(failure).toBeUndefined();
    const warning = events.findIndex(({ type }) => type === "warning");
    expect(events[warning]).toEqual({
      type: "warning",
      code: "photos-unreadable",
      message: "Skipped 1 unreadable photo: holiday-0.png.",
    });
    expect(warning).toBeLessThan(events.findIndex(({ type }) => type === "run"));
    expect(events.find(({ type }) => type === "run")).toMatchObject({ labels: ["daisy", "rose"] });
  });

  it("of which more than a fifth cannot be read are refused, with the reason for the first", async () => {
    const { failure, saved } = await trainOn({ broken: { daisy: 3 } });
    expect(failure).toMatchObject({
      code: "too-many-unreadable-photos",
      message: "3 of 12 photos cannot be read: holiday-0.png, holiday-1.png, holiday-2.png.",
    });
    expect(saved).toEqual([]);
  });

  it("of which a class has none that can be read are refused", async () => {
    const { failure } = await trainOn({ of: { daisy: 1 }, broken: { daisy: 1 } });
    expect(failure).toMatchObject({ code: "class-empty", subject: "daisy" });
  });
});

it("a network that WASM cannot hold is refused before a photo is read", async () => {
  const { events, failure } = await trainOn({}, { engines: ["wasm"], imageSize: 3000, batchSize: 64 });
  expect(failure).toMatchObject({ code: "out-of-memory", subject: "imageSize" });
  expect(failure!.message).toMatch(/^Photos of 3000 × 3000 pixels, 64 a step, take at least \d+\.\d GiB/);
  expect(events).toEqual([]);
});

it.each([
  ["is no safetensors file", "nonsense", "safetensors-invalid"],
  ["is of another network", "other", "checkpoint-mismatch"],
])("a file to begin with that %s is refused by its name", async (_, what, code) => {
  const failure = await page.evaluate(
    async ({ what, options }) => {
      const header = new TextEncoder().encode(
        '{"weights/conv1/kernel":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      );
      const length = new BigUint64Array([BigInt(header.length)]);
      const parts = what === "other" ? [length, header, new Float32Array(1)] : [what];
      const initFrom = new File(parts, "mine.safetensors");
      const work = window.trainer.trainClassifier(await window.photos(), { ...options, initFrom });
      return (await window.follow(work)).failure;
    },
    { what, options: small },
  );
  expect(failure).toMatchObject({ code, message: expect.stringContaining("mine.safetensors") });
});

it("an aborted reading of photos leaves nothing, and throws the signal's reason", async () => {
  const seen = await page.evaluate(async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const work = window.trainer.trainClassifier(await window.photos(), { signal });
    const { events, failure } = await window.follow(work, () => controller.abort(new Error("not now")));
    return { types: events.map(({ type }) => type), failure, saved: await window.trainer.savedRuns() };
  });
  expect(seen).toMatchObject({ failure: { name: "Error", message: "not now" }, saved: [] });
  expect(seen.types).not.toContain("run");
});

it("a page that is not served over https is told so", async () => {
  const insecure = await lab.page({ secure: false });
  const { failure, saved } = await trainOn({}, {}, insecure);
  expect(failure).toMatchObject({ code: "page-insecure" });
  expect(saved).toEqual([]);
  await insecure.evaluate(() => window.trainer.deleteRun("training"));
});

describe("a name", () => {
  it("with a slash is no run's", async () => {
    expect((await trainOn({}, { run: "a/b" })).failure).toMatchObject({
      code: "run-name-invalid",
      subject: "run",
    });
  });

  it("that no run has is said to be missing", async () => {
    const codes = await page.evaluate(async () => {
      const resumed = await window.follow(window.trainer.resumeTraining("never"));
      const opened = await window.trainer.openRun("never").catch(({ code }) => code);
      await window.trainer.deleteRun("never");
      return [resumed.failure?.code, opened, await window.trainer.savedRuns()];
    });
    expect(codes).toEqual(["run-missing", "run-missing", []]);
  });

  it("of a saved run is not taken for a new one, and what is saved stays", async () => {
    expect((await trainOn({}, { run: "mine" })).failure).toBeUndefined();
    const again = await trainOn({}, { run: "mine", seed: 1 });
    expect(again.failure).toMatchObject({ code: "run-exists", subject: "run" });
    const kept = await page.evaluate(async () => {
      const [saved] = await window.trainer.savedRuns();
      const cut = await window.follow(window.trainer.resumeTraining("mine", { epochs: 0 }));
      const opened = await window.trainer.openRun("mine").catch(({ code }) => code);
      return { saved, cut: cut.failure?.code, opened };
    });
    expect(kept).toMatchObject({
      saved: { run: "mine", labels: ["daisy", "rose"], epoch: 0, epochs: 1, best: null, finished: false },
      cut: "epochs-too-few",
      opened: "run-without-epochs",
    });
  });
});

it("a run that another tab trains is left to it", async () => {
  const other = await lab.page();
  await other.exposeFunction("ask", () =>
    page.evaluate(async () => {
      const { resumeTraining, deleteRun, trainClassifier } = window.trainer;
      const anew = trainClassifier(await window.photos(), { run: "shared" });
      return Promise.all([
        window.follow(resumeTraining("shared")).then(({ failure }) => failure?.code),
        window.follow(anew).then(({ failure }) => failure?.code),
        deleteRun("shared").catch(({ code }) => code),
      ]);
    }),
  );
  const seen = await other.evaluate(async (small) => {
    const work = window.trainer.trainClassifier(await window.photos(), {
      ...small,
      run: "shared",
      epochs: 10_000,
    });
    let codes: readonly (string | undefined)[] = [];
    await window.follow(work, async ({ type }) => {
      if (type !== "run") return;
      codes = await window.ask();
      return "leave";
    });
    return { codes, saved: (await window.trainer.savedRuns()).map(({ run }) => run) };
  }, small);
  expect(seen).toEqual({ codes: ["run-busy", "run-busy", "run-busy"], saved: ["shared"] });
});

declare global {
  interface Window {
    ask(): Promise<readonly (string | undefined)[]>;
  }
}
