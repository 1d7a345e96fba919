// A few photos are named with weights that onnxruntime maps from the checkpoint, many with weights that are read.
import { readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { predict, train } from "../../dist/index.js";
import { type Lab, openLab, small } from "../fixtures/lab.js";

let lab: Lab;
let data: string;
beforeAll(async () => {
  lab = await openLab();
  data = await lab.photos("photos", { perClass: 10 });
});
beforeEach(async () => {
  await rm(lab.path("run"), { recursive: true, force: true });
  await follow(train({ ...small, epochs: 1, data, out: lab.path("run") }));
});
afterAll(() => lab[Symbol.asyncDispose]());

const file = () => lab.path("run", "best.safetensors");
const photosNamed = (count: number) =>
  Array.from({ length: count }, (_, at) => `${data}/${at % 2 ? "rose" : "daisy"}/${Math.floor(at / 2)}.jpg`);

/** [photos, labels]: the probabilities, in the order of the labels. */
async function named(count: number): Promise<number[][]> {
  const { result } = await follow(predict({ run: lab.path("run"), photos: photosNamed(count), topK: 2 }));
  return result.predictions.map(({ predictions }) =>
    [...predictions].sort((a, b) => a.label.localeCompare(b.label)).map(({ probability }) => probability),
  );
}

function expectClose(some: number[][], others: number[][]): void {
  for (const [photo, probabilities] of some.entries())
    for (const [label, probability] of probabilities.entries())
      expect(probability).toBeCloseTo(others[photo]![label]!, 5);
}

it("gives what an engine gives", async () => {
  const all = await named(20);
  expect(new Set(all.map(([daisy]) => daisy)).size).toBe(20);
  const few = await named(3);
  expect(few).toHaveLength(3);
  expectClose(few, all);
});

it("reads a checkpoint behind a link, which onnxruntime does not map", async () => {
  const before = await named(3);
  await rename(file(), lab.path("elsewhere.safetensors"));
  await symlink(lab.path("elsewhere.safetensors"), file());
  expectClose(await named(3), before);
});

it("looks through the weights once, and again when they were touched", async () => {
  await sleep(2100);
  await named(1);
  expect(await readdir(lab.path("cache", "checked"))).toHaveLength(1);
  const bytes = await readFile(file());
  bytes.writeFloatLE(Number.NaN, bytes.length - 4);
  await writeFile(file(), bytes);
  await expect(named(1)).rejects.toMatchObject({ code: "checkpoint-invalid", subject: file() });
});
