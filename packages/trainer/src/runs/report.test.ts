import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { follow, htmlProblems } from "@fleuron/testing";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluate, report, train } from "../../dist/index.js";
import { type Lab, openLab, small, warningsOf } from "../fixtures/lab.js";

let lab: Lab;
let photos: string;
beforeAll(async () => {
  lab = await openLab();
  photos = await lab.photos("photos", { perClass: 24 });
});
afterAll(() => lab[Symbol.asyncDispose]());

const reported = { ...small, skipReport: false } as const;

const readPage = (run: string) => readFile(join(run, "report.html"), "utf8");

describe("a run's report", () => {
  it("is there at the end, with the figures of evaluate and the hardest validation photos", async () => {
    const out = lab.path("runs", "whole");
    const { events } = await follow(train({ ...reported, data: photos, out, epochs: 2 }));
    expect(events.at(-1)).toMatchObject({
      type: "end",
      reason: "completed",
      report: join(out, "report.html"),
    });
    const tasks = events.flatMap((event) => (event.type === "progress" ? [event] : []));
    expect(tasks.at(-1)).toMatchObject({ task: "writing the report" });
    expect(tasks.at(-1)?.completed).toBe(tasks.at(-1)?.total);

    const page = await readPage(out);
    expect(htmlProblems(page)).toEqual([]);
    const { result } = await follow(evaluate({ run: out }));
    const { document } = parseHTML(page);
    const text = document.body.textContent.replace(/\s+/g, " ");
    expect(document.querySelector(".figure")?.textContent).toBe(`${(result.accuracy * 100).toFixed(1)}%`);
    expect(text).toContain(`of ${result.count} photos`);
    expect(text).toContain(`loss ${result.loss.toFixed(4)}`);
    const specimens = [...document.querySelectorAll(".specimen")];
    expect(specimens).toHaveLength(Math.min(12, result.count));
    const losses = specimens.map((one) => Number(/loss ([\d.]+)/.exec(one.textContent)?.[1]));
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    const split = JSON.parse(await readFile(join(out, "split.json"), "utf8"));
    const validation = split.val.map(({ path }: { readonly path: string }) => path);
    for (const one of specimens) expect(validation).toContain(one.querySelector(".path")?.textContent);
    expect(document.querySelectorAll(".specimen img[src^='data:image/jpeg']")).toHaveLength(specimens.length);
    expect(document.querySelectorAll(".kernels img").length).toBeGreaterThan(0);
  });

  it("can be written again", async () => {
    const out = lab.path("runs", "whole");
    const before = await readPage(out);
    await rm(join(out, "report.html"));
    const { result } = await follow(report({ run: out }));
    expect(result.file).toBe(join(out, "report.html"));
    expect(await readPage(out)).toBe(before);
  });

  it("is there after a stop, once an epoch is complete", async () => {
    const out = lab.path("runs", "stopped");
    const abort = new AbortController();
    const work = train({ ...reported, data: photos, out, signal: abort.signal });
    const { events } = await follow(work, (event) => {
      if (event.type === "step" && event.epoch === 2) abort.abort();
    });
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "stopped", report: join(out, "report.html") });
    expect(await readPage(out)).toContain("The run was stopped before its end.");
  });

  it("is not there after a stop in the first epoch", async () => {
    const out = lab.path("runs", "barely");
    const abort = new AbortController();
    // Small batches: the epoch must not be over before its thread hears of it.
    const work = train({ ...reported, batchSize: 1, data: photos, out, signal: abort.signal });
    const { events } = await follow(work, (event) => {
      if (event.type === "step") abort.abort();
    });
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "stopped", report: null });
    await expect(readPage(out)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("that cannot be written is a warning, and the run is complete", async () => {
    const out = lab.path("runs", "in the way");
    const { events } = await follow(train({ ...reported, data: photos, out, epochs: 1 }), (event) => {
      if (event.type === "run") void mkdir(join(out, "report.html", "something"), { recursive: true });
    });
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed", report: null });
    expect(warningsOf(events)).toMatchObject([{ code: "report-not-written" }]);
    const record = JSON.parse(await readFile(join(out, "run.json"), "utf8"));
    expect(record.status).toBe("completed");
  });

  it("is left out where it is not wanted", async () => {
    const out = lab.path("runs", "without");
    const { events } = await follow(train({ ...small, data: photos, out, epochs: 1 }));
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed", report: null });
    await expect(readPage(out)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("shows a mount without its photo where the photo is broken by then", async () => {
    const own = await lab.photos("own", { perClass: 12, firstSeed: 500 });
    const out = lab.path("runs", "broken");
    const { events } = await follow(train({ ...reported, data: own, out, epochs: 1 }), (event) => {
      if (event.type === "run") void breakAll(own, out);
    });
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed" });
    expect(await readPage(out)).toContain("no longer there");
  });
});

async function breakAll(photos: string, run: string): Promise<void> {
  const split = JSON.parse(await readFile(join(run, "split.json"), "utf8"));
  for (const { path } of split.val) await writeFile(join(photos, path), "no photo");
}
