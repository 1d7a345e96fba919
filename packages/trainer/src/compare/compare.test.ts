import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeRunRecord } from "@fleuron/run-folder";
import { htmlProblems } from "@fleuron/testing";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MadeUpRun, madeUpMetrics, madeUpRecord } from "../fixtures/made-up-run.js";
import { compare } from "./compare.js";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "fleuron-compare-"));
});
afterAll(() => rm(root, { recursive: true }));

/** A run's folder, with a split unless `validation` is null. */
async function write(name: string, run: MadeUpRun & { readonly validation?: readonly string[] | null } = {}) {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  const record = madeUpRecord(run);
  await writeFile(join(folder, "run.json"), encodeRunRecord(record, "run.json"));
  const lines = madeUpMetrics(run.epochs ?? 3).map((metrics) => `${JSON.stringify(metrics)}\n`);
  await writeFile(join(folder, "metrics.jsonl"), lines.join(""));
  const { validation = ["a", "b"] } = run;
  if (validation !== null) {
    const val = validation.map((contentHash, at) => ({
      path: `${contentHash}.jpg`,
      label: at % 2,
      contentHash,
    }));
    const { labels } = record;
    const split = { formatVersion: 1, datasetHash: "", labels, validation: "hash", train: [], val, test: [] };
    await writeFile(join(folder, "split.json"), JSON.stringify(split));
  }
  return folder;
}

const out = () => join(root, "compare.html");
const page = async () => parseHTML(await readFile(out(), "utf8")).document;

describe("compare", () => {
  it("tells each run's best and last figures, and draws its curve with its name", async () => {
    const runs = [await write("first", { epochs: 3 }), await write("second", { epochs: 20 })];
    const comparison = await compare({ runs, out: out() });
    expect(comparison.file).toBe(out());
    expect(comparison.notes).toEqual([]);
    expect(comparison.runs).toMatchObject([
      { name: "first", folder: runs[0], best: { epoch: 3 }, seconds: 187.5, recipe: "modern" },
      { name: "second", folder: runs[1], best: { epoch: 20, valAccuracy: 0.97 } },
    ]);
    // Wilson's, of 16 in 20.
    expect(comparison.runs[0]!.interval?.map((bound) => Number(bound.toFixed(3)))).toEqual([0.584, 0.919]);
    const document = await page();
    expect(htmlProblems(document.toString())).toEqual([]);
    const [accuracy, loss] = [...document.querySelectorAll("svg")];
    for (const chart of [accuracy, loss]) {
      expect(chart?.querySelectorAll('g[aria-label="line"]')).toHaveLength(2);
      expect(chart?.textContent).toContain("1 first");
      expect(chart?.textContent).toContain("2 second");
    }
  });

  it("tells beside the accuracy what always naming the largest class would give", async () => {
    const runs = [
      await write("known", { validation: ["a", "b", "c"] }),
      await write("unknown", { validation: null }),
    ];
    const comparison = await compare({ runs, out: out() });
    const [label] = comparison.runs[0]!.labels;
    expect(comparison.runs.map(({ largestClass }) => largestClass)).toEqual([{ label, share: 2 / 3 }, null]);
    const rows = [...(await page()).querySelectorAll("tbody tr")].slice(0, 2);
    expect(rows.map((row) => row.querySelectorAll("td")[4]?.textContent)).toEqual(["66.7%", "–"]);
  });

  it("lists the settings that differ, with what a run lacks", async () => {
    const schedule = { type: "warmupCosine", learningRate: 0.02 };
    const runs = [
      await write("a", { settings: { schedule, mixing: null, labelSmoothing: 0.1 } }),
      await write("b", {
        settings: { schedule: { type: "inverseTime", learningRate: 0.01, decay: 0 }, labelSmoothing: 0.1 },
      }),
    ];
    const { differences } = await compare({ runs, out: out() });
    expect(differences).toEqual([
      { setting: "schedule", values: ["warmupCosine", "inverseTime"] },
      { setting: "schedule, learning rate", values: ["0.02", "0.01"] },
      { setting: "schedule, decay", values: [null, "0"] },
      { setting: "mixing", values: ["none", null] },
    ]);
    expect((await page()).body.textContent).toContain("schedule, learning rate");
  });

  it("does not take what was measured on the photos for a setting", async () => {
    const colours = (level: number) => ({ settings: { colours: { mean: [level, level, level] } } });
    const { differences } = await compare({
      runs: [await write("a", colours(0.4)), await write("b", colours(0.5))],
      out: out(),
    });
    expect(differences).toEqual([]);
  });

  it("takes a single run, and says nothing of settings then", async () => {
    const { runs, differences } = await compare({ runs: [await write("alone", { epochs: 1 })], out: out() });
    expect(runs).toHaveLength(1);
    expect(differences).toEqual([]);
    expect((await page()).querySelector("h1")?.textContent).toBe("1 run");
    expect((await page()).body.textContent).not.toContain("Settings");
  });

  it("says that the settings are the same where they are", async () => {
    await compare({ runs: [await write("same1"), await write("same2")], out: out() });
    expect((await page()).body.textContent).toContain("All settings are the same.");
  });

  it("counts a run once, and tells runs of one name apart by the folder above", async () => {
    const runs = [await write("x/run"), await write("y/run"), join(root, "x", ".", "run")];
    expect((await compare({ runs, out: out() })).runs.map(({ name }) => name)).toEqual(["x/run", "y/run"]);
  });

  it("draws any number of runs, each with its name", async () => {
    const runs = await Promise.all(Array.from({ length: 30 }, (_, index) => write(`many-${index}`)));
    await compare({ runs, out: out() });
    const chart = (await page()).querySelector("svg");
    for (let index = 0; index < 30; index++)
      expect(chart?.textContent).toContain(`${index + 1} many-${index}`);
  });

  it("warns of other classes", async () => {
    const runs = [await write("two"), await write("three", { labels: ["daisy", "roses", "tulips"] })];
    expect((await compare({ runs, out: out() })).notes).toEqual([
      "The runs have different classes: their figures are not comparable.",
    ]);
  });

  it("warns of other validation photos, where the splits are there", async () => {
    const runs = [await write("v1", { validation: ["a"] }), await write("v2", { validation: ["b"] })];
    expect((await compare({ runs, out: out() })).notes).toEqual([
      "The runs used different validation photos: small differences between their figures mean nothing.",
    ]);
    const unknown = await write("v3", { validation: null });
    expect((await compare({ runs: [runs[0]!, unknown], out: out() })).notes).toEqual([]);
  });

  it("warns of runs that began with weights which knew their validation photos", async () => {
    const runs = [await write("plain"), await write("informed", { dataset: { learntBefore: 3 } })];
    expect((await compare({ runs, out: out() })).notes).toEqual([
      "The initial weights of informed were trained on some of their validation photos: such figures say nothing about new photos.",
    ]);
  });

  it("warns of drawn flowers", async () => {
    const runs = [await write("real"), await write("drawn", { dataset: { name: "procedural" } })];
    const { notes } = await compare({ runs, out: out() });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain("The flowers of drawn were drawn by a program");
    expect((await page()).querySelector(".banner")?.textContent).toBe(notes[0]);
  });

  it("has a run without an epoch in the table, not in the figure", async () => {
    const runs = [await write("begun"), await write("unbegun", { epochs: 0 })];
    const { notes } = await compare({ runs, out: out() });
    expect(notes).toEqual(["No epoch is complete yet: unbegun."]);
    expect((await page()).querySelector("svg")?.textContent).not.toContain("unbegun");
    expect((await page()).querySelector("table")?.textContent).toContain("unbegun");
  });

  it("shows hostile names and values as the text that they are", async () => {
    const name = `<img src=x onerror=alert(1)>`;
    const runs = [await write(name), await write("plain", { settings: { summary: "", note: `"><script>` } })];
    await compare({ runs, out: out() });
    const document = await page();
    expect(document.querySelectorAll("img, script")).toHaveLength(0);
    expect(document.querySelector("td.name")?.textContent).toContain(name);
    expect(document.body.textContent).toContain(`"><script>`);
  });

  it("names a run that is not there", async () => {
    const missing = join(root, "nowhere");
    await expect(compare({ runs: [await write("there"), missing], out: out() })).rejects.toMatchObject({
      code: "run-folder-not-found",
      subject: missing,
    });
  });
  it("has nothing to show before a first epoch", async () => {
    await expect(compare({ runs: [await write("none", { epochs: 0 })], out: out() })).rejects.toMatchObject({
      code: "run-without-epochs",
    });
  });
  it("asks for runs", async () => {
    await expect(compare({ runs: [], out: out() })).rejects.toMatchObject({ code: "option-invalid" });
  });
});
