// What goes wrong in a run: one clear error each, and nothing that was there is lost.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { drawFlower, encodeJpeg, follow, pngClaiming } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluate, loadEngine, resume, type TrainOptions, train, trainedRun } from "../../dist/index.js";
import {
  expectSameRun,
  type Lab,
  lossesOf,
  openLab,
  recordOf,
  small,
  tensorBytes,
  warningsOf,
} from "../fixtures/lab.js";

let lab: Lab;
let data: string;

beforeAll(async () => {
  lab = await openLab();
  data = await lab.photos("photos", { perClass: 12 });
});
afterAll(() => lab[Symbol.asyncDispose]());

const begin = (out: string, options: Partial<TrainOptions> = {}) =>
  follow(train({ ...small, epochs: 1, data, out: lab.path(out), ...options }));

describe("a learning rate of 1e6", () => {
  it("is an error that names step and epoch; the checkpoint before it stays and can be read", async () => {
    const out = lab.path("diverged");
    const work = begin("diverged", {
      recipe: "notebook",
      epochs: 4,
      learningRate: 1e6,
      checkpointEvery: { unit: "steps", steps: 1 },
    });
    await expect(work).rejects.toMatchObject({
      code: "loss-not-finite",
      message: expect.stringMatching(/(step \d+ of|after|end of) epoch \d/),
      hint: expect.stringContaining("`learningRate`"),
    });
    expect(await recordOf(out)).toMatchObject({ status: "failed", finished: expect.any(String) });
    const { weights } = await trainedRun({ run: out, checkpoint: "last" });
    expect(weights.size).toBeGreaterThan(0);
    // They are numbers, but so large that a photo gives none.
    await expect(follow(evaluate({ run: out, checkpoint: "last", threads: 1 }))).rejects.toMatchObject({
      code: "result-not-finite",
      subject: lab.path("diverged", "last.safetensors"),
    });
  });
});

describe("options", () => {
  const unusable: readonly (readonly [string, object])[] = [
    ["learningRate", { learningRate: Number.NaN }],
    ["learningRate", { learningRate: Number.POSITIVE_INFINITY }],
    ["epochs", { epochs: 0 }],
    ["epochs", { epochs: 1.5 }],
    ["batchSize", { batchSize: -1 }],
    ["imageSize", { imageSize: Number.NaN }],
    ["validationSplit", { validationSplit: 1 }],
    ["seed", { seed: -1 }],
    ["network", { network: "lenet" }],
    ["checkpointEvery", { checkpointEvery: { unit: "steps", steps: 0 } }],
  ];
  it.each(unusable)("are refused before any work: %s of %j", async (subject, options) => {
    await expect(begin("refused", options)).rejects.toMatchObject({
      code: "option-invalid",
      subject,
      message: expect.stringMatching(`^The option '${subject}' must be .*, but is .*\\.$`),
    });
    await expect(recordOf(lab.path("refused"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("name all options when there is no such option", async () => {
    const options: object = { momentum: 0.5 };
    await expect(begin("refused", options)).rejects.toMatchObject({
      code: "option-unknown",
      subject: "momentum",
      message: "There is no option 'momentum'.",
      hint: expect.stringContaining("learningRate, validationSplit, seed"),
    });
  });

  it("name the recipes when there is no such recipe", async () => {
    const options: object = { recipe: "moderne" };
    await expect(begin("refused", options)).rejects.toMatchObject({
      code: "recipe-unknown",
      message:
        "The option 'recipe' must be one of fine-tune, head, modern, notebook, notebook-complete, paper, quick, or a path that ends in .json, but is 'moderne'.",
    });
  });

  it("name a recipe's file and what is wrong in it, before the photos are read", async () => {
    const nowhere = { data: lab.path("nowhere") };
    const recipe = lab.path("mine.json");
    await expect(begin("refused", { ...nowhere, recipe })).rejects.toMatchObject({
      code: "file-unreadable",
      message: `${recipe} does not exist.`,
    });
    await writeFile(recipe, '{"mixing": {"probability": 2}}');
    await expect(begin("refused", { ...nowhere, recipe })).rejects.toMatchObject({
      code: "recipe-invalid",
      subject: recipe,
      message: `${recipe} is no recipe: 'mixing.probability' must be at most 1, but is 2.`,
      hint: expect.stringContaining('{"extends": "modern", "epochs": 30}'),
    });
    await writeFile(recipe, '{"extends": "head"}');
    await expect(begin("refused", { ...nowhere, recipe })).rejects.toMatchObject({
      code: "option-invalid",
      message: "The recipe 'mine' goes on with what a network has learnt.",
    });
  });

  it("name the engines when there is no such engine", async () => {
    const unknown = { code: "engine-unknown", subject: "engine" };
    await expect(begin("refused", { engine: "abacus" })).rejects.toMatchObject(unknown);
    await expect(loadEngine("abacus")).rejects.toMatchObject(unknown);
    await expect(loadEngine("toString")).rejects.toMatchObject(unknown);
  });

  it("are refused before the photos are read when the input is too small for the network", async () => {
    const work = begin("refused", { imageSize: 66, data: lab.path("nowhere") });
    await expect(work).rejects.toMatchObject({ code: "layer-shape" });
  });

  it("are checked when a run is resumed", async () => {
    const work = follow(resume({ run: lab.path("any"), epochs: Number.NaN }));
    await expect(work).rejects.toMatchObject({ code: "option-invalid", subject: "epochs" });
  });
});

describe("photos", () => {
  it.each([
    ["a missing folder", "dataset-not-found", () => Promise.resolve(lab.path("missing"))],
    ["one class only", "one-class-only", () => lab.photos("one", { perClass: 3, classes: ["daisy"] })],
    ["an empty class", "class-empty", () => lab.photos("empty-class", { perClass: 0 })],
    [
      "no folder for any class",
      "dataset-empty",
      async () => {
        await mkdir(lab.path("strays"));
        await writeFile(lab.path("strays", "a.jpg"), await encodeJpeg(drawFlower()));
        return lab.path("strays");
      },
    ],
    ["too few to validate with", "photos-too-few", () => lab.photos("single", { perClass: 1 })],
  ] as const)("of %s are refused with the code %s", async (_, code, photos) => {
    await expect(begin("refused", { data: await photos() })).rejects.toMatchObject({ code });
    await expect(recordOf(lab.path("refused"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  /** Ten of each class, of which four cannot be read. */
  async function damaged(name: string): Promise<string> {
    const root = await lab.photos(name, { perClass: 10 });
    const bytes = await readFile(`${root}/daisy/0.jpg`);
    await writeFile(`${root}/daisy/0.jpg`, bytes.subarray(0, bytes.length >> 1));
    await writeFile(`${root}/daisy/1.jpg`, "");
    await writeFile(`${root}/rose/2.jpg`, "dear diary");
    await writeFile(`${root}/rose/3.png`, pngClaiming(30_000, 30_000));
    return root;
  }

  it("that cannot be read are counted, named and skipped up to a fifth", async () => {
    const root = await damaged("damaged");
    const { events } = await begin("skipped", { data: root });
    const message = expect.stringMatching(
      /4 unreadable photos: daisy\/0\.jpg, daisy\/1\.jpg, rose\/2\.jpg, rose\/3\.png/,
    );
    expect(warningsOf(events)).toMatchObject([{ code: "photos-unreadable", message }]);
    expect(await recordOf(lab.path("skipped"))).toMatchObject({
      status: "completed",
      dataset: { photos: 17, unreadable: 4 },
    });
  });

  it("are refused when more than a fifth cannot be read", async () => {
    const root = await damaged("more-damaged");
    await writeFile(`${root}/daisy/4.jpg`, "");
    await expect(begin("refused", { data: root })).rejects.toMatchObject({
      code: "too-many-unreadable-photos",
      message: expect.stringContaining("5 of 21"),
    });
  });

  it("that stand in two classes are told", async () => {
    const root = await lab.photos("twice", { perClass: 8 });
    await writeFile(`${root}/rose/twin.jpg`, await readFile(`${root}/daisy/3.jpg`));
    const { events } = await begin("twins", { data: root });
    const message = expect.stringContaining("daisy/3.jpg = rose/twin.jpg");
    expect(warningsOf(events)).toMatchObject([{ code: "duplicates-across-classes", message }]);
  });

  it("that have changed stop a run from going on, and leave it as it was", async () => {
    const root = await lab.photos("changing", { perClass: 8 });
    const run = lab.path("changed");
    await begin("changed", { data: root });
    const before = await recordOf(run);
    await writeFile(`${root}/daisy/0.jpg`, await encodeJpeg(drawFlower({ seed: 99 })));
    await expect(follow(resume({ run, skipReport: true, epochs: 2 }))).rejects.toMatchObject({
      code: "split-mismatch",
    });
    expect(await recordOf(run)).toEqual(before);
  });
});

describe("a checkpoint", () => {
  let run: string;
  beforeAll(async () => {
    run = lab.path("whole");
    await begin("whole");
  });

  it("that was cut short is reported, and the run's record and metrics stay", async () => {
    await truncate(`${run}/last.safetensors`, 5000);
    const metrics = await lossesOf(run);
    await expect(follow(resume({ run, skipReport: true, epochs: 2 }))).rejects.toMatchObject({
      code: "checkpoint-truncated",
      hint: expect.stringContaining("other checkpoint"),
    });
    expect(await lossesOf(run)).toEqual(metrics);
    await expect(follow(evaluate({ run, checkpoint: "last" }))).rejects.toMatchObject({
      code: "checkpoint-truncated",
    });
    await follow(evaluate({ run, checkpoint: "best" }));
  });

  it("of another network is reported with the first difference", async () => {
    await begin("wider", { width: 0.1 });
    await writeFile(`${run}/last.safetensors`, await readFile(lab.path("wider", "last.safetensors")));
    await expect(follow(resume({ run, skipReport: true, epochs: 2 }))).rejects.toMatchObject({
      code: "checkpoint-mismatch",
      message: expect.stringMatching(
        /has weights\/conv1\/kernel of \[.*\], but the network needs \[4, 3, 11, 11\]/,
      ),
    });
  });
});

describe("the run's folder", () => {
  it("is not used twice", async () => {
    await begin("taken");
    const weights = await tensorBytes(lab.path("taken"), "last");
    await expect(begin("taken", { seed: 1 })).rejects.toMatchObject({ code: "run-folder-exists" });
    expect(await tensorBytes(lab.path("taken"), "last")).toEqual(weights);
  });

  it("must be one", async () => {
    await writeFile(lab.path("file"), "");
    await expect(begin("file")).rejects.toMatchObject({ code: "run-folder-exists" });
    await expect(begin("file/run")).rejects.toMatchObject({ code: "run-folder-exists" });
    const nowhere = begin("refused", { out: "/proc/nowhere/run" });
    await expect(nowhere).rejects.toMatchObject({ code: "file-unwritable" });
  });

  describe("on a disk of its own", () => {
    const disk = () => lab.path("disk");
    let mounted = false;
    beforeAll(async () => {
      await mkdir(disk());
      try {
        execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk()], { stdio: "ignore" });
        mounted = true;
      } catch {
        // Only root may mount.
      }
    });
    afterAll(async () => {
      if (mounted) execFileSync("umount", [disk()]);
    });

    it("says that the disk is full, keeps the last checkpoint, and goes on when there is room", async (context) => {
      if (!mounted) context.skip("a disk could not be mounted");
      const run = lab.path("disk", "run");
      const interval = { checkpointEvery: { unit: "steps", steps: 1 } } as const;
      let checkpoints = 0;
      const filling = follow(train({ ...small, data, out: run, batchSize: 2, ...interval }), (event) => {
        if (event.type === "checkpoint" && ++checkpoints === 1) {
          execFileSync("sh", ["-c", `cat /dev/zero > ${lab.path("disk", "filler")} || true`], {
            stdio: "ignore",
          });
        }
      });
      await expect(filling).rejects.toMatchObject({
        code: "disk-full",
        // A checkpoint is kept beside the next steps, so that it or the epoch's metrics may meet the full disk first.
        message: expect.stringMatching(/disk\/run\/(last\.safetensors|best\.safetensors|metrics\.jsonl) /),
      });
      await rm(lab.path("disk", "filler"));
      const { events } = await follow(resume({ run, skipReport: true }));
      expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed", epoch: 3 });
      const straight = lab.path("with-room");
      await follow(train({ ...small, data, out: straight, batchSize: 2 }));
      await expectSameRun(run, straight);
    });

    it("says that it cannot be written", async (context) => {
      if (!mounted) context.skip("a disk could not be mounted");
      execFileSync("mount", ["-o", "remount,ro", disk()]);
      await expect(begin("disk/deep/other")).rejects.toMatchObject({
        code: "file-unwritable",
        message: expect.stringMatching(/EROFS/),
      });
      execFileSync("mount", ["-o", "remount,rw", disk()]);
    });
  });
});
