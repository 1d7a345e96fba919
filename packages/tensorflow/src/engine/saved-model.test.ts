import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SavedModel } from "./saved-model.js";
import type { Tensorflow } from "./tensorflow.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-sweep-"));
  vi.stubEnv("TMPDIR", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const NO_PROCESS = 2 ** 30;
const HERE = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

it("deletes what a killed process of this host left, and nothing whose name only begins alike", async () => {
  const left = `fleuron-saved-model-${HERE}-${NO_PROCESS}-aB3dE6`;
  const living = `fleuron-saved-model-${HERE}-${process.ppid}-aB3dE6`;
  const others = [
    "fleuron-saved-model-9SRnCm",
    `fleuron-saved-model-${HERE}-${NO_PROCESS}-kept-by-hand`,
    `fleuron-saved-model-01234567-${NO_PROCESS}-aB3dE6`,
  ];
  for (const name of [left, living, ...others]) await mkdir(join(folder, name));
  const model = await SavedModel.open({} as Tensorflow, new Uint8Array(1));
  await model[Symbol.asyncDispose]();
  expect((await readdir(folder)).sort()).toEqual([living, ...others].sort());
});
