// Predictions as a file, on the built package.
import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { follow } from "@fleuron/testing";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { predict, predictToFile, train } from "../../dist/index.js";
import { type Lab, openLab, small } from "../fixtures/lab.js";

let lab: Lab;
let data: string;
let run: string;
let made = 0;

beforeAll(async () => {
  lab = await openLab();
  data = await lab.photos("photos", { perClass: 20 });
  run = lab.path("run");
  await follow(train({ ...small, data, out: run }));
}, 60_000);
afterAll(() => lab[Symbol.asyncDispose]());

const place = (ending = "jsonl") => lab.path(`table-${made++}.${ending}`);

type Options = Parameters<typeof predictToFile>[0];
const write = (options: Partial<Options> & { readonly out: string }) =>
  follow(predictToFile({ run, threads: 1, photos: options.list ? undefined : [data], ...options }));

const left = async () => (await readdir(lab.path())).filter((name) => name.includes(".parts"));

describe("predictToFile", () => {
  it("has a row for each photo as predict names it, and says why one cannot be read", async () => {
    await writeFile(lab.path("text.jpg"), "dear diary");
    const list = lab.path("list.txt");
    const named = [`${data}/daisy/0.jpg`, lab.path("text.jpg"), lab.path("none.jpg"), `${data}/rose/1.jpg`];
    await writeFile(list, `${named.join("\r\n")}\n\n`);
    const { result: single } = await follow(predict({ run, photos: named, threads: 1 }));
    const answers = new Map(single.predictions.map((one) => [one.photo, one]));
    const out = place("parquet");
    expect((await write({ list, out })).result).toEqual({ file: out, photos: 4, unreadable: 2 });
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(out) });
    expect(rows.map(({ path }) => path)).toEqual(named);
    for (const row of rows) {
      const answer = answers.get(row.path);
      const meant = answer?.predictions;
      expect(row).toEqual({
        path: row.path,
        label: meant?.[0]?.label ?? null,
        probability: meant ? expect.closeTo(meant[0]!.probability, 6) : null,
        labels: meant?.map(({ label }) => label),
        probabilities: meant?.map(({ probability }) => expect.closeTo(probability, 6)),
        rejected: answer ? (answer.rejected ?? false) : null,
        error: single.unreadable.find(({ photo }) => photo === row.path)?.message ?? null,
      });
    }
    expect(await left()).toEqual([]);
  });

  it("continues where it was interrupted, to the file of a call that was not", async () => {
    const [whole, out] = [place("parquet"), place("parquet")];
    await write({ out: whole });
    const controller = new AbortController();
    const interrupted = follow(
      predictToFile({ run, photos: [data], out, threads: 1, signal: controller.signal }),
      () => controller.abort(new Error("enough")),
    );
    await expect(interrupted).rejects.toThrow("enough");
    const { events, result } = await write({ out });
    expect(events[0]).toMatchObject({ type: "progress", completed: 16, total: 40 });
    expect(result).toEqual({ file: out, photos: 40, unreadable: 0 });
    expect(await readFile(out)).toEqual(await readFile(whole));
    expect(await left()).toEqual([]);
  });

  it("adds no other weights, photos or options to what was interrupted; with force it replaces all", async () => {
    const out = place();
    const controller = new AbortController();
    const begun = { out, signal: controller.signal };
    await expect(
      follow(predictToFile({ run, photos: [data], threads: 1, ...begun }), () => controller.abort()),
    ).rejects.toThrow();
    const refused = { code: "parts-differ", subject: `${out}.parts` };
    await expect(write({ out, topK: 1 })).rejects.toMatchObject({
      ...refused,
      message: `${out}.parts has predictions with a \`topK\` of 3, not 1.`,
    });
    await expect(write({ out, checkpoint: "last" })).rejects.toMatchObject({
      message: expect.stringContaining("another network"),
    });
    await expect(write({ out, photos: [`${data}/rose`] })).rejects.toMatchObject({
      message: expect.stringContaining("other photos, or in another order (40 then, 20 now)"),
    });
    await writeFile(`${out}.parts/0000000000.jsonl`, "cut");
    await expect(write({ out })).rejects.toMatchObject({ code: "parts-damaged" });
    await writeFile(out, "mine");
    await expect(write({ out, topK: 1 })).rejects.toMatchObject({ code: "file-taken", subject: out });
    expect(await readFile(out, "utf8")).toBe("mine");
    await write({ out, topK: 1, force: true });
    const rows = (await readFile(out, "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map(({ labels }) => labels.length)).toEqual(Array(40).fill(1));
    const folder = place();
    await mkdir(folder);
    await expect(write({ out: folder, force: true })).rejects.toMatchObject({ code: "file-taken" });
  });

  it("refuses what it cannot begin, and leaves nothing", async () => {
    const out = place();
    await mkdir(lab.path("empty"));
    await writeFile(lab.path("empty.txt"), "\n");
    for (const [options, code] of [
      [{ photos: [lab.path("empty")] }, "photos-not-found"],
      [{ list: lab.path("empty.txt") }, "photos-not-found"],
      [{ list: lab.path("gone.txt") }, "file-unreadable"],
      [{ list: data }, "file-unreadable"],
      [{ run: lab.path("gone") }, "run-folder-not-found"],
      [{ run: undefined, bundle: lab.path("gone") }, "bundle-missing"],
      [{ bundle: run }, "option-missing"],
      [{ photos: undefined }, "option-missing"],
      [{ out: lab.path("text.jpg", "table.csv") }, "file-unwritable"],
      [{ out: lab.path("table.xlsx") }, "option-invalid"],
    ] as const)
      await expect(write({ out, ...options }), code).rejects.toMatchObject({ code });
    expect(await left()).toEqual([]);
  });

  it("says that the disk is full, and loses nothing of what it saved", async (context) => {
    const folder = lab.path("disk");
    await mkdir(folder);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", folder], { stdio: "ignore" });
    } catch {
      context.skip("only root may mount a small disk");
    }
    try {
      await expect(write({ out: `${folder}/table.jsonl` })).rejects.toMatchObject({ code: "disk-full" });
      execFileSync("mount", ["-o", "remount,size=1m", folder]);
      await write({ out: `${folder}/table.jsonl` });
      expect(await readdir(folder)).toEqual(["table.jsonl"]);
    } finally {
      execFileSync("umount", [folder]);
      await rm(folder, { recursive: true });
    }
  });
});
