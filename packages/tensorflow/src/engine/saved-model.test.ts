import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
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

it("deletes what a killed process left, and nothing whose name only begins alike", async () => {
  const left = `fleuron-saved-model-${NO_PROCESS}-aB3dE6`;
  const living = `fleuron-saved-model-${process.ppid}-aB3dE6`;
  const others = ["fleuron-saved-model-9SRnCm", `fleuron-saved-model-${NO_PROCESS}-kept-by-hand`];
  for (const name of [left, living, ...others]) await mkdir(join(folder, name));
  const model = await SavedModel.open({} as Tensorflow, new Uint8Array(1));
  await model[Symbol.asyncDispose]();
  expect((await readdir(folder)).sort()).toEqual([living, ...others].sort());
});
