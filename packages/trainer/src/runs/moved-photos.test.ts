// Photos that have moved, and photos that a run has learnt from, on the built package.
import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawFlower, encodeJpeg, follow } from "@fleuron/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { evaluate, labelledPhotos, report, resume, train } from "../../dist/index.js";
import { expectSameRun, type Lab, openLab, recordOf, small, stopAt, warningsOf } from "../fixtures/lab.js";

const PER_CLASS = 12;

let lab: Lab;
let photos: string;
/** Two epochs, stopped after the first, with steps enough in the second that a busy machine stops it there. */
let stopped: string;
/** The same, never stopped. */
let whole: string;

beforeAll(async () => {
  lab = await openLab();
  photos = await lab.photos("photos", { perClass: PER_CLASS });
  [stopped, whole] = [lab.path("stopped"), lab.path("whole")];
  const options = { ...small, data: photos, batchSize: 2, epochs: 2 };
  await follow(train({ ...options, out: whole }));
  const { signal, see } = stopAt(2, 1);
  await follow(train({ ...options, out: stopped, signal }), see);
});
afterAll(() => lab[Symbol.asyncDispose]());

const heldOut = async (run: string) =>
  ((await recordOf(run)) as { dataset: { valCount: number } }).dataset.valCount;
const placeOf = async (run: string) => ((await recordOf(run)) as { dataset: { path: string } }).dataset.path;

describe("a run whose photos have moved", () => {
  let moved: string;
  let run: string;
  let count = 0;
  beforeEach(async () => {
    const lair = lab.path(`lair-${++count}`);
    await mkdir(lair);
    moved = join(lair, "moved");
    run = join(lair, "run");
    await cp(photos, moved, { recursive: true });
    await cp(stopped, run, { recursive: true });
    await rename(photos, lab.path("away"));
    return () => rename(lab.path("away"), photos);
  });

  it("says where they were, and that `data` takes their place", async () => {
    for (const work of [resume({ run, skipReport: true }), evaluate({ run }), report({ run })]) {
      await expect(follow<object, unknown>(work)).rejects.toMatchObject({
        code: "dataset-not-found",
        message: `The run's photos are not in ${photos} any more.`,
        hint: "Pass their current folder with `data`.",
      });
    }
  });

  it("goes on from there as if nothing had moved, and remembers the place", async () => {
    await follow(resume({ run, skipReport: true, data: moved }));
    await expectSameRun(run, whole);
    expect(await placeOf(run)).toBe(moved);
    await follow(evaluate({ run, threads: 1 }));
  });

  it("is evaluated on what it held out, and remembers the place", async () => {
    const { result } = await follow(evaluate({ run, data: moved, threads: 1 }));
    expect(result).toMatchObject({
      source: "validation",
      part: null,
      learntFrom: 0,
      count: await heldOut(run),
    });
    expect(await placeOf(run)).toBe(moved);
  });

  it("is reported on, and needs no other photos than those that it held out", async () => {
    const { val } = JSON.parse(await readFile(join(run, "split.json"), "utf8"));
    const some = lab.path(`some-${count}`);
    for (const { path } of val) {
      await mkdir(join(some, path, ".."), { recursive: true });
      await copyFile(join(moved, path), join(some, path));
    }
    await follow(report({ run, data: some, threads: 1 }));
    expect(await placeOf(run)).toBe(some);
    await expect(follow(resume({ run, skipReport: true }))).rejects.toMatchObject({
      code: "split-mismatch",
      message: expect.stringMatching(/photos that the run needs are not in .*some/),
      hint: expect.stringContaining("`data`"),
    });
  });

  it("leaves out what has come since, and tells of photos and classes", async () => {
    await lab.photos(`lair-${count}/moved`, { perClass: PER_CLASS + 2 });
    await lab.photos(`lair-${count}/moved`, { perClass: 3, classes: ["aster"], firstSeed: 90 });
    const { events } = await follow(resume({ run, skipReport: true, data: moved }));
    expect(warningsOf(events)).toMatchObject([
      {
        code: "photos-added",
        message: `Skipped, because they were added to ${moved} after the run began: 7 photos, the new class aster included.`,
      },
    ]);
    await expectSameRun(run, whole);
  });

  it("refuses other photos of the same names, and names one", async () => {
    const flower = await encodeJpeg(drawFlower({ label: 1, seed: 999, width: 80, height: 64 }));
    await writeFile(join(moved, "daisy", "0.jpg"), flower);
    await expect(follow(resume({ run, skipReport: true, data: moved }))).rejects.toMatchObject({
      code: "split-mismatch",
      message: expect.stringContaining("daisy/0.jpg"),
    });
    await rm(join(moved, "rose"), { recursive: true });
    await lab.photos(`lair-${count}/moved`, { perClass: 3, classes: ["aster"] });
    await expect(follow(resume({ run, skipReport: true, data: moved }))).rejects.toMatchObject({
      message: expect.stringMatching(
        /12 of the 24 photos that the run needs are not in .*, the first rose\//,
      ),
    });
  });
});

describe("what a run has learnt from", () => {
  it("does not count where its own folder is named", async () => {
    const { result } = await follow(evaluate({ run: whole, data: photos, threads: 1 }));
    const { result: plain } = await follow(evaluate({ run: whole, threads: 1 }));
    expect(result).toEqual(plain);
    expect(result).toMatchObject({ source: "validation", count: await heldOut(whole) });
  });

  it("is reported where it is among other photos, whatever their names", async () => {
    const mixed = await lab.photos("mixed", { perClass: 3, firstSeed: 200 });
    const { train: learnt } = JSON.parse(await readFile(join(whole, "split.json"), "utf8"));
    await copyFile(join(photos, learnt[0].path), join(mixed, "daisy", "renamed.jpg"));
    const { result } = await follow(evaluate({ run: whole, data: mixed, threads: 1 }));
    expect(result).toMatchObject({ source: "data", part: null, learntFrom: 1, count: 7 });
    const { labels } = result;
    const { result: files } = await follow(labelledPhotos({ run: whole, data: mixed, labels }));
    expect(files).toMatchObject({ source: "data", learntFrom: 1 });
    expect(files.photos).toHaveLength(7);
  });

  it("is not what a folder with val/, or with test/, is counted by", async () => {
    const divided = lab.path("divided");
    await lab.photos("divided/train", { perClass: 5, firstSeed: 300 });
    await lab.photos("divided/test", { perClass: 2, firstSeed: 400 });
    const measured = async () => (await follow(evaluate({ run: whole, data: divided, threads: 1 }))).result;
    expect(await measured()).toMatchObject({ source: "data", part: "test", learntFrom: 0, count: 4 });
    await lab.photos("divided/val", { perClass: 3, firstSeed: 500 });
    expect(await measured()).toMatchObject({ source: "data", part: "val", learntFrom: 0, count: 6 });
    const { result } = await follow(evaluate({ run: whole, data: divided, part: "test", threads: 1 }));
    expect(result).toMatchObject({ source: "data", part: "test", learntFrom: 0, count: 4 });
    const labels = ["daisy", "rose"];
    for (const run of [whole, undefined]) {
      const { result } = await follow(labelledPhotos({ run, data: divided, labels }));
      expect(result).toMatchObject({ part: "val", learntFrom: run === undefined ? null : 0 });
      expect(result.photos).toHaveLength(6);
    }
  });
});
