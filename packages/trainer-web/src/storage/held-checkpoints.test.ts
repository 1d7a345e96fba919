import { sizeOf } from "@fleuron/model";
import { checkpointTensors } from "@fleuron/run-folder/format";
import { tinyNetwork } from "@fleuron/testing";
import { type NamedTensor, startOfRun, stateTensors, type TrainingPlan } from "@fleuron/training";
import { expect, it } from "vitest";
import { trainerWebError } from "../errors.js";
import { checkpointStore, readCheckpoint } from "./checkpoints.js";
import { heldCheckpoints } from "./held-checkpoints.js";
import type { RunStorage } from "./run-storage.js";
import { spillingStorage } from "./spilling-storage.js";

const plan: TrainingPlan = {
  network: tinyNetwork(),
  optimiser: { type: "sgd", momentum: 0.9, nesterov: false, weightDecay: 0, clipNorm: null },
  precision: "float32",
  batchSize: 6,
};

/** An engine all of whose numbers are one. */
function constantEngine() {
  let value = 0;
  return {
    become: (next: number) => {
      value = next;
    },
    async *read(names = stateTensors(plan).map(({ name }) => name)): AsyncGenerator<NamedTensor> {
      for (const { name, shape } of stateTensors(plan))
        if (names.includes(name)) yield { name, shape, data: new Float32Array(sizeOf(shape)).fill(value) };
    },
  };
}

/** Has room for so many bytes of a file. */
const full = (room: number): RunStorage => ({
  outlives: true,
  read: async () => undefined,
  clear: async () => undefined,
  async replace(name, write) {
    let bytes = 0;
    await write(async (data) => {
      bytes += data.length;
      if (bytes > room) throw trainerWebError("storage-full", `There is no room for ${name}.`);
    });
  },
});

const progressAt = (epoch: number) => ({
  ...startOfRun,
  ...{ epoch, iterations: epoch, metricsLength: epoch },
  best: { epoch: 1, valLoss: 0.1, valAccuracy: 0.99, why: "lowest smoothed validation loss" } as const,
});

it("are those of their epoch where the storage is full while they are written", async () => {
  const engine = constantEngine();
  const warnings: string[] = [];
  const storage = spillingStorage(full(500), ({ code }) => warnings.push(code));
  const store = checkpointStore(storage, engine, plan, []);
  const held = heldCheckpoints(
    store,
    () => false,
    async () => undefined,
  );
  engine.become(1);
  await held.saveBest(progressAt(1), engine.read(checkpointTensors("best", plan).map(({ name }) => name)));
  engine.become(7);
  await held.saveLast(progressAt(7), engine.read());
  engine.become(8);
  await held.flush();
  for (const [kind, value] of [
    ["best", 1],
    ["last", 7],
  ] as const) {
    for await (const { name, data } of (await readCheckpoint(storage, kind, plan))!.read())
      expect(new Set(data), `${kind} ${name}`).toEqual(new Set([value]));
  }
  expect(warnings).toEqual(["storage-full"]);
});

it("warns once of a storage that two files find full at once, and keeps both", async () => {
  const warnings: string[] = [];
  const storage = spillingStorage(full(10), ({ code }) => warnings.push(code));
  const put = (name: string) => storage.replace(name, (put) => put(new Uint8Array(20).fill(name.length), 0));
  await Promise.all([put("one"), put("other")]);
  expect(warnings).toEqual(["storage-full"]);
  for (const name of ["one", "other"]) expect((await storage.read(name))?.size).toBe(20);
});
