// Runs with the options beyond the plain ones, of the built package: runs start threads from it.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { decodeSafetensors, float32Values } from "@fleuron/model";
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluate, resume, train } from "../../dist/index.js";
import {
  expectSameRun,
  type Lab,
  openLab,
  recordOf,
  small,
  stopAt,
  tensorBytes,
  warningsOf,
} from "../fixtures/lab.js";

let lab: Lab;
let data: string;
const first = { ...small, epochs: 1 } as const;
/** A run of the recipe `modern`. */
let source: string;
beforeAll(async () => {
  lab = await openLab();
  data = await lab.photos("photos", { perClass: 25 });
  source = lab.path("source");
  await follow(train({ ...first, data, out: source }));
});
afterAll(() => lab[Symbol.asyncDispose]());

describe("a recipe that is a file", () => {
  it("is followed, named after its file, kept whole and gone on with", async () => {
    const recipe = lab.path("gentle.json");
    await writeFile(
      recipe,
      JSON.stringify({ extends: "quick", epochs: 2, schedule: { learningRate: 0.002 } }),
    );
    const options = { ...first, recipe, epochs: undefined, runsFolder: lab.path("own") };
    const { events } = await follow(train({ ...options, data }));
    const summary = "quick with epochs 2, schedule.learningRate 0.002";
    const [begun] = events.filter(({ type }) => type === "run");
    expect(begun).toMatchObject({ recipe: "gentle", recipeSummary: summary, epochs: 2 });
    const { folder } = begun as { folder: string };
    expect(basename(folder)).toMatch(/^gentle-\d{8}-\d{6}$/);
    await rm(recipe);
    await follow(resume({ run: folder, epochs: 3, skipReport: true }));
    expect(await recordOf(folder)).toMatchObject({
      recipe: "gentle",
      epochs: 3,
      settings: {
        name: "gentle",
        summary,
        mixing: null,
        schedule: { type: "warmupCosine", learningRate: 0.002, warmupEpochs: 0.5 },
      },
    });
  });
});

describe("the recipe paper", () => {
  const paper = { ...small, recipe: "paper", batchSize: 4, epochs: 2 } as const;

  it("measures the training photos' colours, keeps them, and ends the same after a stop", async () => {
    const [whole, run] = [lab.path("paper"), lab.path("paper-stopped")];
    await follow(train({ ...paper, data, out: whole }));
    const { settings, preprocessing } = await recordOf(whole);
    expect(settings).toMatchObject({
      colours: {
        mean: [expect.any(Number), expect.any(Number), expect.any(Number)],
        components: [{ variance: expect.any(Number) }, {}, {}],
      },
    });
    const { colours } = settings as { colours: { mean: number[] } };
    expect(preprocessing).toMatchObject({ mean: colours.mean });
    expect(Math.min(...colours.mean)).toBeGreaterThan(0.05);
    expect(Math.max(...colours.mean)).toBeLessThan(0.95);

    const { signal, see } = stopAt(2, 3);
    await follow(train({ ...paper, data, out: run, signal }), see);
    const { events } = await follow(resume({ run, skipReport: true }));
    expect(events.some((event) => event.type === "progress" && event.task.includes("colours"))).toBe(false);
    await expectSameRun(run, whole);
  });

  it("is evaluated on ten crops, other recipes on the photo, unless asked otherwise", async () => {
    const of = async (options: object, folder: string) =>
      (await follow(evaluate({ run: folder, threads: 1, ...options }))).result;
    const [ten, plain] = [await of({}, lab.path("paper")), await of({ tta: "none" }, lab.path("paper"))];
    expect([ten.tta, plain.tta]).toEqual(["ten-crop", "none"]);
    expect(ten.count).toBe(plain.count);
    expect(ten.loss).not.toBe(plain.loss);

    const other = await of({}, source);
    expect(other.tta).toBe("none");
    const flipped = await of({ tta: "flip" }, source);
    expect(flipped).toMatchObject({ tta: "flip", count: other.count });
    expect(flipped.loss).not.toBe(other.loss);
  });
});

describe("patience", () => {
  it("ends a run that gets no better, which is complete then", async () => {
    const run = lab.path("impatient");
    // At this rate nothing moves, so that the first epoch's accuracy is never surpassed.
    const options = { ...small, recipe: "paper", learningRate: 1e-12, epochs: 30 } as const;
    const { events } = await follow(train({ ...options, data, out: run, patience: 2 }));
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "stopped early", epoch: 3, epochs: 30 });
    expect(await recordOf(run)).toMatchObject({ status: "completed", settings: { patience: 2 } });
    // Epochs alone do not go on: patience holds the run.
    const before = await readFile(join(run, "run.json"), "utf8");
    const { events: nothing } = await follow(resume({ run, skipReport: true, epochs: 40 }));
    expect(nothing).toEqual([
      expect.objectContaining({
        type: "end",
        reason: "stopped early",
        goesOnWith: { patience: 3 },
        epoch: 3,
      }),
    ]);
    expect(await readFile(join(run, "run.json"), "utf8")).toBe(before);
    const longer = await follow(resume({ run, skipReport: true, patience: 3 }));
    expect(longer.events.at(-1)).toMatchObject({ reason: "stopped early", epoch: 4 });
  });
});

describe("initial weights", () => {
  /** A run that learns next to nothing, and so ends with what it began with. */
  const still = { ...first, recipe: "notebook", learningRate: 1e-30, seed: 9 } as const;

  /** The largest difference between the weights of two files. */
  const difference = async (one: string, other: string): Promise<number> => {
    const tensorsOf = async (file: string) =>
      decodeSafetensors(Uint8Array.from(await readFile(file))).tensors;
    const others = await tensorsOf(other);
    const distances = [...(await tensorsOf(one))]
      .filter(([name]) => name.startsWith("weights/"))
      .map(([name, { data }]) => {
        const right = float32Values(others.get(name)?.data ?? new Uint8Array(0));
        return float32Values(data).reduce(
          (most, value, at) => Math.max(most, Math.abs(value - right[at]!)),
          0,
        );
      });
    return Math.max(...distances);
  };

  it.each(["best", "last"] as const)("are a run's %s ones, all of them without a word", async (kind) => {
    const file = join(source, `${kind}.safetensors`);
    const folder = lab.path(`only-${kind}`);
    await mkdir(folder);
    await copyFile(file, join(folder, `${kind}.safetensors`));
    const run = lab.path(`from-${kind}`);
    const { events } = await follow(train({ ...still, data, out: run, initFrom: folder }));
    expect(warningsOf(events)).toEqual([]);
    expect(await difference(join(run, "last.safetensors"), file)).toBeLessThan(1e-20);
    expect(await recordOf(run)).toMatchObject({
      settings: { initFrom: join(folder, `${kind}.safetensors`) },
    });
  });

  it("of another number of classes fit but for the last layer, which is said", async () => {
    const flowers = await lab.photos("three", { perClass: 10, classes: ["daisy", "rose", "tulip"] });
    const run = lab.path("other-classes");
    const { events } = await follow(
      train({ ...still, data: flowers, out: run, initFrom: join(source, "best.safetensors") }),
    );
    const [warning, ...others] = warningsOf(events);
    // The other recipe's photos were others, too.
    expect(others.map(({ code }) => code)).toEqual(["weights-of-other-pixels"]);
    expect(warning!.code).toBe("weights-in-part");
    expect(warning!.message).toBe(
      `Taken from ${join(source, "best.safetensors")}: 34 of 36 tensors. Drawn anew: ` +
        "weights/dense3/kernel of [124, 3] ([124, 2] in the file), weights/dense3/bias of [3] ([2] in the file).",
    );
  });

  it("of another image size fit as far as they go, and the list of the others is short", async () => {
    const run = lab.path("larger");
    const { events } = await follow(
      train({ ...still, imageSize: 131, data, out: run, initFrom: source, batchSize: 32 }),
    );
    const [part, pixels, ...others] = warningsOf(events);
    expect(part!.message.length).toBeLessThan(400);
    expect(part!.message).toMatch(/: 35 of 36 tensors\. Drawn anew: weights\/dense1\/kernel of /);
    expect(pixels!.code).toBe("weights-of-other-pixels");
    expect(pixels!.message).toContain("67 pixels wide there, 131 here");
    expect(others).toEqual([]);
  });

  it.each([
    ["and the number of classes is another", "three"],
    ["though the number of classes, and so a bias, is the same", "photos"],
  ])("of which no kernel fits are refused before a run is begun, %s", async (_, photos) => {
    const out = lab.path("nothing-fits");
    const work = train({ ...still, width: 0.12, data: lab.path(photos), out, initFrom: source });
    await expect(follow(work)).rejects.toMatchObject({
      code: "checkpoint-mismatch",
      subject: "initFrom",
      message: expect.stringMatching(
        /weights\/conv1\/kernel is \[\d, 3, 11, 11\] there and \[\d+, 3, 11, 11\] here/,
      ),
      hint: expect.stringContaining("`width`"),
    });
    await expect(recordOf(out)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("of other classes begin the last layer, which is said", async () => {
    const others = await lab.photos("other-names", {
      perClass: 10,
      classes: ["aster", "zinnia"],
      firstSeed: 70,
    });
    const { events } = await follow(
      train({ ...first, data: others, out: lab.path("renamed"), initFrom: source }),
    );
    expect(warningsOf(events)).toMatchObject([
      {
        code: "weights-of-other-classes",
        message: `The weights of ${join(source, "best.safetensors")} are for other classes (daisy, rose): the last layer starts from theirs.`,
      },
    ]);
  });

  it("of a recipe that prepares photos otherwise fit, which is said", async () => {
    const { events } = await follow(
      train({ ...first, recipe: "paper", data, out: lab.path("other-pixels"), initFrom: source }),
    );
    expect(warningsOf(events)).toMatchObject([
      {
        code: "weights-of-other-pixels",
        message: expect.stringMatching(/inputs from -2\.1 to 2\.6 there, from -/),
      },
    ]);
  });

  it("that know the photos which the run holds out are told of, by the run and by its evaluation", async () => {
    const run = lab.path("informed");
    const seen = { ...first, data, splitSeed: 1, initFrom: source };
    const { events } = await follow(train({ ...seen, out: run }));
    const split = async (folder: string) => JSON.parse(await readFile(join(folder, "split.json"), "utf8"));
    const learnt = (await split(source)).train.map(({ contentHash }: { contentHash: string }) => contentHash);
    const { val } = await split(run);
    const known = val.filter(({ contentHash }: { contentHash: string }) =>
      learnt.includes(contentHash),
    ).length;
    expect(known).toBeGreaterThan(0);
    const [warning, ...others] = warningsOf(events);
    expect(others).toEqual([]);
    expect(warning!.code).toBe("weights-know-validation");
    expect(warning!.message).toContain(
      `trained on ${known} of the ${val.length} validation photos of this run`,
    );
    expect(warning!.message).toContain("With `splitSeed` 0 and the same `validationSplit`");
    expect(events.find((event) => event.type === "run")?.dataset.learntBefore).toBe(known);
    const { result } = await follow(evaluate({ run, threads: 1 }));
    expect(result).toMatchObject({ source: "validation", learntFrom: known });

    // Also where they came by way of a run that holds out the same photos.
    const next = await follow(train({ ...seen, out: lab.path("heir"), initFrom: run }));
    expect(warningsOf(next.events)).toMatchObject([
      { code: "weights-know-validation", message: expect.stringContaining(`on ${known} of the`) },
    ]);
  });

  it("that do not exist, or are none, are refused before the photos are read", async () => {
    for (const [initFrom, code] of [
      [lab.path("nowhere"), "checkpoint-missing"],
      [join(source, "run.json"), "checkpoint-invalid"],
    ]) {
      const seen: string[] = [];
      const work = train({ ...still, data: lab.path("no-photos"), out: lab.path("never"), initFrom });
      await expect(follow(work, ({ type }) => seen.push(type))).rejects.toMatchObject({ code });
      expect(seen).toEqual([]);
    }
  });
});

describe("a time budget", () => {
  it("shorter than an epoch leaves a complete run of fewer steps, and says so", async () => {
    const run = lab.path("short");
    const { events } = await follow(
      train({ ...small, recipe: undefined, batchSize: 1, epochs: 50, data, out: run, timeBudget: 0.5 }),
    );
    expect(warningsOf(events).map(({ code }) => code)).toEqual(["time-budget-short"]);
    expect(events.find((event) => event.type === "run")).toMatchObject({
      timeBudget: 0.5,
      recipe: "quick",
      // How many is a matter of the machine.
      recipeReason: expect.stringMatching(
        /^about \d+(\.\d)? epochs fit into the time: mixing pays in longer runs$/,
      ),
    });
    expect(events.filter(({ type }) => type === "step")).toHaveLength(10);
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed", epoch: 1, epochs: 1 });
    expect(await recordOf(run)).toMatchObject({
      status: "completed",
      epochs: 1,
      settings: { timeBudget: 0.5 },
    });

    const bytes = await tensorBytes(run, "last");
    const nothing = await follow(resume({ run, skipReport: true }));
    expect(nothing.events).toEqual([
      expect.objectContaining({ reason: "completed", goesOnWith: { epochs: 2 }, epoch: 1, epochs: 1 }),
    ]);
    expect((await tensorBytes(run, "last")).equals(bytes)).toBe(true);
    const more = await follow(resume({ run, skipReport: true, epochs: 2 }));
    expect(more.events.at(-1)).toMatchObject({ reason: "completed", epoch: 2, epochs: 2 });
    expect((await recordOf(run)).settings).not.toHaveProperty("timeBudget");
  });

  it("that holds too few epochs of the whole network gets half its width, unless a width is asked for", async () => {
    const options = { ...small, recipe: undefined, epochs: undefined, timeBudget: 2, data };
    const begun = async (out: string, width?: number) => {
      const { events } = await follow(train({ ...options, width, out: lab.path(out) }));
      return events.find((event) => event.type === "run");
    };
    const chosen = await begun("half");
    const asked = await begun("asked", 0.5);
    expect(chosen).toMatchObject({
      parameters: asked?.parameters,
      recipeReason: expect.stringMatching(
        /^about [\d.]+ epochs fit into the time: mixing pays in longer runs; at half the width, for of the whole network [\d.]+ would$/,
      ),
    });
    expect(asked?.recipeReason).not.toContain("width");
  });

  it("ends a run of fewer epochs than were asked for, annealed", async () => {
    const run = lab.path("in-time");
    const { events } = await follow(
      train({ ...small, batchSize: 2, epochs: 50_000, data, out: run, timeBudget: 3 }),
    );
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed" });
    const steps = events.flatMap((event) => (event.type === "step" ? [event] : []));
    expect(steps.at(-1)?.learningRate).toBeLessThan(0.005);
    expect(await recordOf(run)).toMatchObject({ epochs: steps.at(-1)?.epoch });
  });
});

describe("an option without effect is reported", () => {
  it("options that divide photos, of a folder that has a val/", async () => {
    await lab.photos("divided/train", { perClass: 6 });
    await lab.photos("divided/val", { perClass: 3, firstSeed: 60 });
    const begin = async (out: string, options: object) =>
      warningsOf(
        (
          await follow(
            train({ ...small, epochs: 1, data: lab.path("divided"), out: lab.path(out), ...options }),
          )
        ).events,
      );
    expect(await begin("told", { validationSplit: 0.5, splitSeed: 3 })).toMatchObject([
      {
        code: "option-unheeded",
        message: `Ignored: \`validationSplit\` and \`splitSeed\`, because ${lab.path("divided")} has its own validation photos.`,
      },
    ]);
    expect(await begin("silent", {})).toEqual([]);
  });

  it("a batch of more photos than there are", async () => {
    const { events } = await follow(
      train({ ...small, epochs: 1, batchSize: 500, data, out: lab.path("one-step") }),
    );
    const run = events.find((event) => event.type === "run");
    expect(run).toMatchObject({ stepsPerEpoch: 1, batchSize: run?.trainCount });
    expect(warningsOf(events)).toMatchObject([
      {
        code: "batch-too-large",
        message: `A step uses all ${run?.trainCount} training photos: there are fewer than 500 (\`batchSize\`).`,
      },
    ]);
  });
});
