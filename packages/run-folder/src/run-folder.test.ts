import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { inferenceGraph } from "@fleuron/graph";
import { alexnet, FleuronError, networkParameters, notebookPreprocessing } from "@fleuron/model";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFreeRunFolder } from "./create-free-run-folder.js";
import { decodeRunRecord, livesOf, type RunRecord, wishOf } from "./format/run-record.js";
import { isLatestRun, latestRun, runNamed, writeLatestRun } from "./latest-run.js";
import { describeMachine, describeVersions } from "./machine/describe-machine.js";
import { createRunFolder, openRunFolder, reopenRunFolder, requireNewRunFolder } from "./run-folder.js";

const record: RunRecord = {
  formatVersion: 1,
  status: "running",
  created: "2026-01-01T10:00:00.000Z",
  finished: null,
  recipe: "notebook",
  settings: { epochs: 2, mixing: null },
  plan: {
    network: alexnet({ classes: 2 }),
    optimiser: { type: "sgd", momentum: 0, nesterov: false, weightDecay: 0, clipNorm: null },
    precision: "float32",
    batchSize: 32,
  },
  preprocessing: notebookPreprocessing,
  labels: ["daisy", "tulips"],
  dataset: {
    path: "flower_photos",
    contentHash: "00ff",
    photos: 10,
    unreadable: 1,
    perClass: [
      { label: "daisy", count: 4 },
      { label: "tulips", count: 6 },
    ],
    trainCount: 8,
    valCount: 2,
  },
  seeds: { seed: 0, splitSeed: 0 },
  engine: {
    engine: "onnx-cpu",
    precision: "float32",
    threads: 2,
    versions: { "onnxruntime-node": "1.30.0" },
  },
  machine: describeMachine(),
  versions: describeVersions(),
  epochs: 2,
  best: null,
  final: null,
};

/** A run of a network that was read from a file. */
const tuned: RunRecord = {
  ...record,
  source: { file: "petals.onnx", sha256: "00ff" },
  plan: {
    ...record.plan,
    network: {
      type: "imported",
      name: "petals",
      inference: inferenceGraph(alexnet({ classes: 2 })),
      parameters: networkParameters(alexnet({ classes: 2 })),
    },
  },
};

let root: string;
let path: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "fleuron-run-"));
  path = join(root, "run");
});
afterEach(() => rm(root, { recursive: true }));

async function makeRun(): Promise<void> {
  const run = await createRunFolder(path, record);
  await run[Symbol.asyncDispose]();
}

describe("createRunFolder", () => {
  it("writes a record that reads back the same, and replaces it at the end", async () => {
    const run = await createRunFolder(path, record);
    expect((await openRunFolder(path)).record).toEqual(record);
    const final = { ...record, status: "completed", finished: "2026-01-01T11:00:00.000Z" } as const;
    await run.writeRecord(final);
    await run[Symbol.asyncDispose]();
    expect((await openRunFolder(path)).record).toEqual(final);
    expect(await readdir(path)).toEqual(["run.json"]);
  });

  it("keeps a network that is a graph once, beside a record that names it by its hash", async () => {
    const run = await createRunFolder(path, tuned);
    expect((await openRunFolder(path)).record).toEqual(tuned);
    const written = await readFile(join(path, "network.json"));
    await run.writeRecord({ ...tuned, status: "completed" });
    await run[Symbol.asyncDispose]();
    expect(await readFile(join(path, "network.json"))).toEqual(written);
    const sha256 = createHash("sha256").update(written).digest("hex");
    const { plan } = JSON.parse(await readFile(join(path, "run.json"), "utf8"));
    expect(plan.network).toEqual({ type: "imported", name: "petals", sha256 });
    const reopened = await reopenRunFolder(path);
    await reopened.writeRecord({ ...reopened.record, status: "stopped" });
    await reopened[Symbol.asyncDispose]();
    expect((await openRunFolder(path)).record).toEqual({ ...tuned, status: "stopped" });
  });

  it.each([
    ["is missing", () => rm(join(path, "network.json"))],
    [
      "is not the network that the run began with",
      async () => {
        const text = await readFile(join(path, "network.json"), "utf8");
        await writeFile(join(path, "network.json"), text.replace("petals", "petal"));
      },
    ],
  ])("is no run any more whose network %s", async (problem, damage) => {
    const run = await createRunFolder(path, tuned);
    await run[Symbol.asyncDispose]();
    await damage();
    await expect(openRunFolder(path)).rejects.toMatchObject({
      code: "run-network-invalid",
      message: `The run's network.json ${problem}.`,
    });
  });

  it("takes an empty folder, also one where a run was killed before it began", async () => {
    await mkdir(path);
    await writeFile(join(path, "run.json.tmp-0123abcd"), "{");
    await makeRun();
    expect(await readdir(path)).toEqual(["run.json"]);
  });

  it("is no run before its other files are there", async () => {
    const run = await createRunFolder(path, record, async () => {
      await expect(openRunFolder(path)).rejects.toMatchObject({ code: "run-record-missing" });
      await writeFile(join(path, "split.json"), "{}");
    });
    await run[Symbol.asyncDispose]();
    expect((await readdir(path)).sort()).toEqual(["run.json", "split.json"]);
  });

  it("takes a folder where a run was killed between its first file and its record", async () => {
    await mkdir(path);
    for (const name of ["split.json", "network.json", "initial.safetensors"])
      await writeFile(join(path, name), "{}");
    const nobody = { id: "a", pid: 2 ** 31 - 1, processStart: null, host: hostname(), since: "" };
    await writeFile(join(path, "lock"), JSON.stringify(nobody));
    await requireNewRunFolder(path);
    await makeRun();
    expect((await openRunFolder(path)).record).toEqual(record);
  });

  it("is refused where the file lies that names the latest run", async () => {
    await expect(requireNewRunFolder(join(path, "latest"))).rejects.toMatchObject({
      code: "run-folder-exists",
      message: expect.stringContaining("latest is the place of the file that names the latest run"),
    });
  });

  it("is refused early where a file lies above it", async () => {
    await writeFile(path, "");
    await expect(requireNewRunFolder(join(path, "a", "b"))).rejects.toMatchObject({
      code: "run-folder-exists",
      message: `${path} is a file.`,
    });
  });

  it.skipIf(process.getuid?.() === 0)("is refused early where it cannot be made", async () => {
    await mkdir(path, { mode: 0o500 });
    await expect(requireNewRunFolder(join(path, "a", "b"))).rejects.toMatchObject({
      code: "file-unwritable",
    });
  });

  it.each(["split.json", "run.json"])("leaves nothing when the disk is full at %s", async (name) => {
    const full = new FleuronError("disk-full", "The disk is full.");
    const prepare = async () => {
      await writeFile(join(path, "split.json"), "{}");
      if (name === "split.json") throw full;
      // A folder in its place cannot be replaced by a file.
      await mkdir(join(path, "run.json"));
    };
    const code = name === "split.json" ? "disk-full" : "file-unwritable";
    await expect(createRunFolder(path, record, prepare)).rejects.toMatchObject({ code });
    await rm(join(path, "run.json"), { recursive: true, force: true });
    expect(await readdir(root)).toEqual(name === "split.json" ? [] : ["run"]);
    await makeRun();
  });

  it("refuses a folder with something in it and does not touch it", async () => {
    await mkdir(path);
    await writeFile(join(path, "notes.txt"), "");
    await expect(createRunFolder(path, record)).rejects.toMatchObject({
      code: "run-folder-exists",
      subject: path,
      hint: expect.stringContaining("`resume`"),
    });
    expect(await readdir(path)).toEqual(["notes.txt"]);
  });

  it("refuses a file, and a folder below a file", async () => {
    await writeFile(path, "");
    await expect(createRunFolder(path, record)).rejects.toMatchObject({ code: "run-folder-exists" });
    await expect(createRunFolder(join(path, "run"), record)).rejects.toMatchObject({
      code: "file-unwritable",
      subject: join(path, "run"),
    });
  });

  it("lets one of two runs have the folder", async () => {
    const results = await Promise.allSettled([createRunFolder(path, record), createRunFolder(path, record)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    for (const result of results) {
      if (result.status === "fulfilled") await result.value[Symbol.asyncDispose]();
      else expect(["run-in-use", "run-folder-exists"]).toContain(result.reason.code);
    }
  });

  it("refuses a record that could not be read again before it makes anything", async () => {
    const broken = { ...record, best: { epoch: 1, valLoss: Number.NaN, valAccuracy: 0 } };
    await expect(createRunFolder(path, broken)).rejects.toMatchObject({
      code: "run-record-invalid",
      message: expect.stringContaining("'best.valLoss'"),
    });
    expect(await readdir(root)).toEqual([]);
  });
});

describe("createFreeRunFolder", () => {
  it("gives runs that begin in the same second folders of their own, each with what was prepared for it", async () => {
    const prepare = (folder: string) => writeFile(join(folder, "split.json"), folder);
    const runs = await Promise.all([1, 2, 3].map(() => createFreeRunFolder(path, record, prepare)));
    expect(runs.map((run) => run.path).sort()).toEqual([path, `${path}-2`, `${path}-3`]);
    for (const run of runs) {
      expect(await readFile(join(run.path, "split.json"), "utf8")).toBe(run.path);
      await run[Symbol.asyncDispose]();
    }
  });

  it("does not take a disk that cannot be written for a folder that is taken", async () => {
    await writeFile(join(root, "file"), "");
    await symlink(join(root, "unmounted"), join(root, "runs"));
    await expect(createFreeRunFolder(join(root, "runs", "run"), record)).rejects.toMatchObject({
      code: "file-unwritable",
    });
    await expect(createFreeRunFolder(join(root, "file", "run"), record)).rejects.toMatchObject({
      code: "file-unwritable",
    });
  });
});

describe("reopenRunFolder", () => {
  it("holds the folder and sweeps what a killed process left half-written", async () => {
    await makeRun();
    await writeFile(join(path, "last.safetensors.tmp-0123abcd"), "half");
    const run = await reopenRunFolder(path);
    expect(run.record).toEqual(record);
    expect((await readdir(path)).sort()).toEqual(["lock", "run.json"]);
    await expect(reopenRunFolder(path)).rejects.toMatchObject({ code: "run-in-use" });
    await run[Symbol.asyncDispose]();
  });

  it("makes nothing where there is no run", async () => {
    await mkdir(path);
    await expect(reopenRunFolder(path)).rejects.toMatchObject({ code: "run-record-missing" });
    expect(await readdir(path)).toEqual([]);
  });
});

describe("openRunFolder", () => {
  it("says that the folder does not exist, or that there is no run in it", async () => {
    await expect(openRunFolder(path)).rejects.toMatchObject({ code: "run-folder-not-found", subject: path });
    await expect(openRunFolder(root)).rejects.toMatchObject({ code: "run-record-missing", subject: root });
    await writeFile(path, "");
    await expect(openRunFolder(path)).rejects.toMatchObject({ code: "run-folder-not-found" });
  });

  it.each([
    ["cut short", JSON.stringify(record).slice(0, 200), "run-record-invalid", "it is not JSON"],
    ["empty", "", "run-record-invalid", "it is empty"],
    ["incomplete", JSON.stringify({ ...record, labels: [1] }), "run-record-invalid", "'labels.0'"],
    [
      "of fewer labels than classes",
      JSON.stringify({ ...record, labels: ["daisy"] }),
      "run-record-invalid",
      "'labels': there are 1, but the network distinguishes 2 classes",
    ],
    [
      "of the same label twice",
      JSON.stringify({ ...record, labels: ["daisy", "daisy"] }),
      "run-record-invalid",
      "'labels': one occurs twice",
    ],
    [
      "of photos of another size",
      JSON.stringify({ ...record, preprocessing: { ...record.preprocessing, size: 67 } }),
      "run-record-invalid",
      "'preprocessing.size': it is 67, but the network takes 227 × 227 pixels",
    ],
    [
      "of a network that is none",
      JSON.stringify({
        ...record,
        plan: { ...record.plan, network: { ...record.plan.network, layers: [] } },
      }),
      "run-record-invalid",
      "'plan.network",
    ],
    [
      "of photos of other classes",
      JSON.stringify({ ...record, dataset: { ...record.dataset, perClass: [] } }),
      "run-record-invalid",
      "'dataset.perClass'",
    ],
    ["a later version's", JSON.stringify({ formatVersion: 2 }), "run-record-newer", "has format 2"],
  ])("refuses a run.json that is %s", async (_, text, code, message) => {
    await makeRun();
    const file = join(path, "run.json");
    await writeFile(file, text);
    await expect(openRunFolder(path)).rejects.toMatchObject({
      code,
      subject: file,
      message: expect.stringContaining(message),
    });
  });
});

describe("a record of an older version", () => {
  it("opens, and had all its life what it says of its end", () => {
    const old = decodeRunRecord(JSON.stringify(record), "run.json");
    expect(old).toEqual(record);
    expect(wishOf(old)).toEqual({ engine: "onnx-cpu", precision: "float32" });
    expect(livesOf(old)).toEqual([{ began: record.created, epoch: 0, step: 0, engine: record.engine }]);
  });
});

describe("latestRun", () => {
  it("finds the run of a folder that was started last", async () => {
    await makeRun();
    await writeLatestRun(path);
    expect(await readFile(join(root, "latest"), "utf8")).toBe("run\n");
    expect(await latestRun(root)).toBe(path);
    expect(await isLatestRun(path)).toBe(true);
    expect(await isLatestRun(join(root, "another"))).toBe(false);
    expect(await isLatestRun(join(root, "elsewhere", "run"))).toBe(false);
  });

  it("finds one that lies elsewhere, as earlier versions named them", async () => {
    await makeRun();
    const runs = join(root, "runs");
    await mkdir(runs);
    await writeFile(join(runs, "latest"), "../run\n");
    expect(await latestRun(runs)).toBe(path);
  });

  it("is what the file names, where a path names that; other paths name themselves", async () => {
    await makeRun();
    await writeLatestRun(path);
    expect(await runNamed(join(root, "latest"))).toBe(path);
    const others = [path, join(root, "none"), join(root, "elsewhere", "latest")];
    await mkdir(others[2]!, { recursive: true });
    expect(await Promise.all(others.map(runNamed))).toEqual(others);
  });

  it("says that there is none yet, that it is gone, or that the file is empty", async () => {
    await expect(latestRun(root)).rejects.toMatchObject({
      code: "no-run",
      message: `There is no run in ${root} yet.`,
      hint: "Start one with `train`.",
    });
    await writeLatestRun(path);
    await expect(latestRun(root)).rejects.toMatchObject({
      code: "no-run",
      message: expect.stringContaining("is gone"),
    });
    await writeFile(join(root, "latest"), "");
    await expect(latestRun(root)).rejects.toMatchObject({
      code: "no-run",
      message: expect.stringContaining("empty"),
    });
  });
});
