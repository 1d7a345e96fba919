import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sweepTemporaryFiles } from "@fleuron/files";
import { inferenceGraph } from "@fleuron/graph";
import { alexnet, type Network, networkParameters, randomStream } from "@fleuron/model";
import { type NamedTensor, stateTensors, type TrainingPlan, type TrainingProgress } from "@fleuron/training";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diskCheckpointStore } from "../dist/disk-checkpoint-store.js";
import { openCheckpoint } from "../dist/open-checkpoint.js";
import { openSafetensorsFile } from "../dist/open-safetensors-file.js";
import { writeSafetensorsFile } from "../dist/write-safetensors-file.js";

const tiny = (units: number): Network => ({
  formatVersion: 1,
  name: "tiny",
  input: { channels: 1, height: 32, width: 32 },
  layers: [
    { id: "flatten", type: "flatten" },
    { id: "dense1", type: "dense", units, activation: "linear" },
  ],
});

const planOf = (network: Network): TrainingPlan => ({
  network,
  optimiser: { type: "sgd", momentum: 0.9, nesterov: false, weightDecay: 0, clipNorm: null },
  precision: "float32",
  batchSize: 2,
});

const plan = planOf(tiny(32));

const progressAt = (iterations: number): TrainingProgress => ({
  epoch: 0,
  step: iterations,
  iterations,
  sums: { loss: 0.5, correct: 1, samples: 2, seconds: 1, dataWaitSeconds: 0 },
  metricsLength: 0,
  best: { epoch: 1, valLoss: 1.5, valAccuracy: 0.25 },
});

/** The state of a plan with one value everywhere. */
async function* filled(value: number, prefix = ""): AsyncGenerator<NamedTensor, void> {
  for (const { name, shape } of stateTensors(plan)) {
    const size = shape.reduce((product, length) => product * length, 1);
    if (name.startsWith(prefix)) yield { name, shape, data: new Float32Array(size).fill(value) };
  }
}

/** The iterations that a checkpoint claims, and the values that are in it. */
async function contentOf(file: string) {
  const checkpoint = await openCheckpoint(file, plan);
  try {
    const values = new Set<number>();
    for await (const { data } of checkpoint.read()) for (const value of data) values.add(value);
    return { kind: checkpoint.kind, iterations: checkpoint.progress.iterations, values: [...values] };
  } finally {
    await checkpoint[Symbol.asyncDispose]();
  }
}

let folder: string;
let last: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-checkpoint-"));
  last = join(folder, "last.safetensors");
});
afterEach(() => rm(folder, { recursive: true }));

describe("a checkpoint", () => {
  it("names a network that is a graph, and does not hold it", async () => {
    const inference = inferenceGraph(tiny(32));
    const parameters = networkParameters(tiny(32));
    const network = { type: "imported", name: "petals", inference, parameters } as const;
    await diskCheckpointStore(folder, { ...plan, network }).saveLast(progressAt(12), filled(3));
    await using file = await openSafetensorsFile(last);
    expect(JSON.parse(file.metadata.network!)).toEqual({ type: "imported", name: "petals" });
    expect(JSON.parse(file.metadata.parameters!)).toEqual(parameters.map(({ name }) => name));
  });

  it("holds the whole state and how far the run has come", async () => {
    await diskCheckpointStore(folder, plan).saveLast(progressAt(12), filled(3));
    const checkpoint = await openCheckpoint(last, plan);
    expect(checkpoint.progress).toEqual(progressAt(12));
    const names: string[] = [];
    for await (const { name } of checkpoint.read()) names.push(name);
    expect(names).toEqual(stateTensors(plan).map(({ name }) => name));
    await checkpoint[Symbol.asyncDispose]();
  });

  it("holds weights and statistics alone when it is the best one", async () => {
    const store = diskCheckpointStore(folder, plan);
    await expect(store.saveBest(progressAt(1), filled(3))).rejects.toMatchObject({
      code: "checkpoint-mismatch",
    });
    await store.saveBest(progressAt(1), filled(3, "weights/"));
    const best = join(folder, "best.safetensors");
    expect(await contentOf(best)).toEqual({ kind: "best", iterations: 1, values: [3] });
    const header = (await readFile(best)).toString("latin1");
    expect(header).toContain('"valLoss":"1.5","valAccuracy":"0.25"');
    expect(header).not.toContain("slots/");
  });

  it("is not written with numbers that could not be read again", async () => {
    const store = diskCheckpointStore(folder, plan);
    const progress = progressAt(1);
    const broken = { ...progress, sums: { ...progress.sums, loss: Number.POSITIVE_INFINITY } };
    await expect(store.saveLast(broken, filled(1))).rejects.toMatchObject({ code: "checkpoint-invalid" });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    [
      "another shape",
      planOf(tiny(5)),
      "has weights/dense1/kernel of [1024, 32], but the network needs [1024, 5]",
    ],
    ["a missing tensor", planOf(alexnet({ classes: 5 })), "lacks weights/conv1/kernel of [96, 3, 11, 11]"],
    [
      "a tensor too many",
      { ...plan, trainable: ["dense1/kernel"] },
      "has slots/momentum/dense1/bias, which the network does not know",
    ],
  ])("is refused for %s", async (_, other, message) => {
    await diskCheckpointStore(folder, plan).saveLast(progressAt(1), filled(1));
    await expect(openCheckpoint(last, other)).rejects.toMatchObject({
      code: "checkpoint-mismatch",
      subject: last,
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ["another program's", {}, "checkpoint-invalid"],
    ["a later version's", { format: "fleuron-checkpoint", formatVersion: "2" }, "checkpoint-newer"],
    [
      "one without progress",
      { format: "fleuron-checkpoint", formatVersion: "1", kind: "last" },
      "checkpoint-invalid",
    ],
  ])("is refused when it is %s", async (_, metadata, code) => {
    await writeSafetensorsFile(last, stateTensors(plan), filled(1), metadata);
    await expect(openCheckpoint(last, plan)).rejects.toMatchObject({ code, subject: last });
  });
});

describe("a checkpoint that is being written", () => {
  it("leaves the one before when its process is killed at moments of seed 1", {
    timeout: 30_000,
  }, async () => {
    const random = randomStream(1, "sample", 0, 0);
    let reached = 0;
    let left = 0;
    for (let round = 0; round < 10; round++) {
      await writeUntilKilled(reached + 1, random.uniform() * 40);
      left += (await readdir(folder)).length - 1;
      await sweepTemporaryFiles(folder);
      const { iterations, values } = await contentOf(last);
      expect(values).toEqual([iterations]);
      expect(iterations).toBeGreaterThan(reached);
      expect(await readdir(folder)).toEqual(["last.safetensors"]);
      reached = iterations;
    }
    expect(left, "no round was killed in the middle of writing").toBeGreaterThan(0);
  });

  it("leaves the one before when its engine fails in the middle of giving its state", async () => {
    const store = diskCheckpointStore(folder, plan);
    await store.saveLast(progressAt(1), filled(1));
    const lost = new Error("The GPU was lost.");
    const untilLost = async function* () {
      for await (const tensor of filled(2)) {
        yield tensor;
        throw lost;
      }
    };
    await expect(store.saveLast(progressAt(2), untilLost())).rejects.toBe(lost);
    expect(await contentOf(last)).toEqual({ kind: "last", iterations: 1, values: [1] });
    expect(await readdir(folder)).toEqual(["last.safetensors"]);
  });

  it("leaves the one before when the disk is full", async ({ skip }) => {
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "ignore" });
    } catch {
      skip("a small disk can be mounted by root on Linux only");
    }
    try {
      const store = diskCheckpointStore(folder, plan);
      await store.saveLast(progressAt(1), filled(1));
      await writeFile(join(folder, "other"), new Uint8Array(600_000));
      await expect(store.saveLast(progressAt(2), filled(2))).rejects.toMatchObject({
        code: "disk-full",
        message: `The disk is full: ${last} could not be written.`,
      });
      expect(await contentOf(last)).toEqual({ kind: "last", iterations: 1, values: [1] });
      expect((await readdir(folder)).sort()).toEqual(["last.safetensors", "other"]);
    } finally {
      execFileSync("umount", [folder]);
    }
  });
});

describe("a checkpoint whose progress comes later", () => {
  const longest = -Math.PI * 1e-300;
  const ofManyDigits: TrainingProgress = {
    epoch: Number.MAX_SAFE_INTEGER,
    step: Number.MAX_SAFE_INTEGER,
    iterations: Number.MAX_SAFE_INTEGER,
    sums: {
      loss: longest,
      correct: longest,
      samples: longest,
      seconds: longest,
      dataWaitSeconds: longest,
    },
    metricsLength: Number.MAX_SAFE_INTEGER,
    best: { epoch: Number.MAX_SAFE_INTEGER, valLoss: -longest, valAccuracy: -longest },
    calibration: { temperature: -longest, rejectBelow: -longest },
    plateau: { reductions: Number.MAX_SAFE_INTEGER, epoch: Number.MAX_SAFE_INTEGER },
    fitted: {
      epochs: Number.MAX_SAFE_INTEGER,
      lastSteps: Number.MAX_SAFE_INTEGER,
      seconds: -longest,
    },
  };

  it("is written before, and takes the place of the one before when it comes", async () => {
    const store = diskCheckpointStore(folder, plan);
    await store.saveLast(progressAt(1), filled(1));
    const { size } = await stat(last);
    const [coming, come] = later<TrainingProgress>();
    const saving = store.saveLast(coming, filled(2));
    await expect.poll(() => sizesIn(folder)).toEqual([size, size]);
    expect(await contentOf(last)).toEqual({ kind: "last", iterations: 1, values: [1] });
    come(ofManyDigits);
    await saving;
    const iterations = Number.MAX_SAFE_INTEGER;
    expect(await contentOf(last)).toEqual({ kind: "last", iterations, values: [2] });
    expect(await sizesIn(folder)).toEqual([size]);
  });

  it("leaves the one before where it is not the best after all", async () => {
    const best = join(folder, "best.safetensors");
    const store = diskCheckpointStore(folder, plan);
    await store.saveBest(progressAt(1), filled(1, "weights/"));
    const [coming, come] = later<TrainingProgress | undefined>();
    const saving = store.saveBest(coming, filled(2, "weights/"));
    await expect.poll(() => sizesIn(folder)).toHaveLength(2);
    come(undefined);
    await saving;
    expect(await contentOf(best)).toEqual({ kind: "best", iterations: 1, values: [1] });
    expect(await readdir(folder)).toEqual(["best.safetensors"]);
  });

  it.each([["saveLast"], ["saveBest"]] as const)("leaves nothing where it never comes: %s", async (save) => {
    const lost = new Error("The validation failed.");
    const store = diskCheckpointStore(folder, plan);
    const state = filled(1, save === "saveBest" ? "weights/" : "");
    await expect(store[save](Promise.reject(lost), state)).rejects.toBe(lost);
    expect(await readdir(folder)).toEqual([]);
  });

  it("is written after the one that was begun before, and may be complete sooner", async () => {
    const store = diskCheckpointStore(folder, plan);
    const [coming, come] = later<TrainingProgress>();
    const order: string[] = [];
    const told = async function* (name: string, state: AsyncIterable<NamedTensor>) {
      for await (const tensor of state) {
        order.push(name);
        yield tensor;
      }
    };
    const saving = store.saveLast(coming, told("last", filled(1)));
    await store.saveBest(progressAt(1), told("best", filled(1, "weights/")));
    expect(await sizesIn(folder)).toHaveLength(2);
    come(progressAt(1));
    await saving;
    expect(order).toEqual([...order].sort().reverse());
    expect(new Set(order)).toEqual(new Set(["last", "best"]));
  });

  it("fails for nobody where it cannot be written and is not wanted", async () => {
    const store = diskCheckpointStore(folder, plan);
    await expect(store.saveBest(Promise.resolve(undefined), filled(1))).resolves.toBeUndefined();
    await expect(store.saveBest(progressAt(1), filled(1))).rejects.toMatchObject({
      code: "checkpoint-mismatch",
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

function later<Value>(): readonly [promise: Promise<Value>, resolve: (value: Value) => void] {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((given) => {
    resolve = given;
  });
  return [promise, resolve];
}

async function sizesIn(of: string): Promise<readonly number[]> {
  const names = await readdir(of);
  return Promise.all(names.map(async (name) => (await stat(join(of, name))).size));
}

/** Another process writes checkpoints one after the other, and is killed some time after the first one. */
async function writeUntilKilled(from: number, milliseconds: number): Promise<void> {
  const built = new URL("../dist/index.js", import.meta.url).href;
  const training = import.meta.resolve("@fleuron/training");
  const script = `
    import { stateTensors } from "${training}";
    import { diskCheckpointStore } from "${built}";
    const plan = ${JSON.stringify(plan)};
    const store = diskCheckpointStore(${JSON.stringify(folder)}, plan);
    async function* filled(value) {
      for (const { name, shape } of stateTensors(plan)) {
        const size = shape.reduce((product, length) => product * length, 1);
        yield { name, shape, data: new Float32Array(size).fill(value) };
      }
    }
    for (let iterations = ${from}; ; iterations++) {
      await store.saveLast({ ...${JSON.stringify(progressAt(0))}, iterations }, filled(iterations));
      if (iterations === ${from}) process.stdout.write("saved");
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill("SIGKILL");
  await once(child, "exit");
}
