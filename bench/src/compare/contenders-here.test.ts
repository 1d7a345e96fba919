import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { thisMachine } from "@fleuron/machine";
import { afterAll, beforeAll, expect, it } from "vitest";
import { contenders } from "./contenders.js";
import { contendersHere } from "./contenders-here.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-gpu-"));
});
afterAll(() => rm(folder, { recursive: true }));

const onProcessors = contenders.filter(({ onGpu }) => !onGpu);
const machine = () => ({ ...thisMachine(), searchPath: folder, engines: join(folder, "engines") });

it("leaves out who computes on a GPU where there is none", async () => {
  expect(onProcessors.length).toBeLessThan(contenders.length);
  expect(await contendersHere(contenders, machine())).toEqual(onProcessors);
});

it.skipIf(process.platform !== "linux")(
  "has all where there is a GPU of NVIDIA, installed or not",
  async () => {
    const program = '#!/bin/sh\necho "NVIDIA H100, 580.65, 81559 MiB, 9.0"\n';
    await mkdir(join(folder, "bin"), { recursive: true });
    await writeFile(join(folder, "bin/nvidia-smi"), program, { mode: 0o755 });
    const withGpu = { ...machine(), searchPath: join(folder, "bin") };
    expect(await contendersHere(contenders, withGpu)).toEqual(contenders);
  },
);
