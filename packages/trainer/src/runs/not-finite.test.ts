// Weights that are not numbers, or give none: an error that names the checkpoint, never an answer.

import { readFile, writeFile } from "node:fs/promises";
import { parseSafetensorsHeader } from "@fleuron/model";
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { evaluate, predict, resume, train, trainedRun } from "../../dist/index.js";
import { type Lab, openLab, small } from "../fixtures/lab.js";

let lab: Lab;
let data: string;
let run: string;
let file: string;
let whole: Buffer;

beforeAll(async () => {
  lab = await openLab();
  data = await lab.photos("photos", { perClass: 8 });
  run = lab.path("run");
  file = lab.path("run", "best.safetensors");
  await follow(train({ ...small, epochs: 1, data, out: run }));
  whole = await readFile(file);
});
beforeEach(() => writeFile(file, whole));
afterAll(() => lab[Symbol.asyncDispose]());

/** Writes a value over the numbers of some tensors of a checkpoint, from the place on. */
async function spoil(path: string, tensor: RegExp, value: number, from = 0): Promise<void> {
  const bytes = await readFile(path);
  const { tensors, dataOffset } = parseSafetensorsHeader(bytes);
  for (const [name, { begin, end }] of tensors) {
    if (!tensor.test(name)) continue;
    for (let at = begin + 4 * from; at < end; at += 4) bytes.writeFloatLE(value, dataOffset + at);
  }
  await writeFile(path, bytes);
}

type Reader = readonly [name: string, read: () => Promise<unknown>];

const computing: readonly Reader[] = [
  ["predict", () => follow(predict({ run, photos: [`${data}/rose/3.jpg`] }))],
  ["evaluate", () => follow(evaluate({ run }))],
];
const readers: readonly Reader[] = [
  ...computing,
  ["the export's reader", () => trainedRun({ run })],
  [
    "training that begins with it",
    () => follow(train({ ...small, data, initFrom: file, out: lab.path("new") })),
  ],
];

describe("a checkpoint with one NaN", () => {
  it.each(readers)("is refused by %s", async (_, read) => {
    await spoil(file, /conv1\/kernel$/, Number.NaN, 9);
    await expect(read()).rejects.toMatchObject({
      code: "checkpoint-invalid",
      subject: file,
      message: `${file}: tensor 'weights/conv1/kernel' holds NaN at index 9.`,
    });
  });

  it("is refused by training that goes on from it", async () => {
    const last = lab.path("run", "last.safetensors");
    await spoil(last, /^slots\/.*conv1\/bias/, Number.POSITIVE_INFINITY, 2);
    await expect(follow(resume({ run, skipReport: true, epochs: 2 }))).rejects.toMatchObject({
      code: "checkpoint-invalid",
      subject: last,
      message: expect.stringContaining("holds Infinity at index 2"),
    });
  });
});

describe("weights too large for float32 to compute with", () => {
  it.each(computing)("are refused by %s", async (_, read) => {
    await spoil(file, /conv\d\/kernel$/, 1e38);
    await expect(read()).rejects.toMatchObject({
      code: "result-not-finite",
      subject: file,
      message: expect.stringContaining(file),
    });
  });
});
