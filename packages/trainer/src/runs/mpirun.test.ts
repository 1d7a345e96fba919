// Runs that processes of mpirun share, on the built package; skipped where there is no Open MPI.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openSafetensorsFile } from "@fleuron/run-folder";
import { follow } from "@fleuron/testing";
import { distance } from "@fleuron/training/fixtures";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resume, train } from "../../dist/index.js";
import { expectSameRun, type Lab, lossesOf, openLab, recordOf } from "../fixtures/lab.js";
import { writeNetwork } from "../fixtures/network-file.js";

const RANK = fileURLToPath(new URL("../fixtures/rank.mjs", import.meta.url));
const hasMpi = spawnSync("mpirun", ["--version"]).stdout?.includes("Open MPI") ?? false;

interface Said {
  readonly rank?: number;
  readonly pid?: number;
  readonly type?: string;
}

/** Starts ranks, and ends one of them by SIGKILL after its first steps. What all of them wrote, and the exit code of mpirun. */
async function mpirun(count: number, command: "train" | "resume", options: object, kill?: number) {
  const child = spawn(
    "mpirun",
    [
      ...["--allow-run-as-root", "--oversubscribe", "--bind-to", "none"],
      ...["-n", String(count), process.execPath, RANK, command, JSON.stringify(options)],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  const closed = once(child, "close");
  const said: Said[] = [];
  let steps = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(JSON.parse(line));
    if (said.at(-1)!.type === "step" && ++steps === 2 && kill !== undefined)
      process.kill(said.find(({ rank }) => rank === kill)!.pid!, "SIGKILL");
  }
  const [code] = await closed;
  return { said, errors, code };
}

describe.skipIf(!hasMpi)("a run that processes of mpirun share", { timeout: 300_000 }, () => {
  let lab: Lab;
  let options: object;
  let alone: string;

  beforeAll(async () => {
    lab = await openLab();
    const data = await lab.photos("photos", { perClass: 12, classes: ["daisy", "rose", "tulip"] });
    // Its batch normalisation has learnt, and stays: a step depends on no other photo of the batch.
    const network = await writeNetwork(lab.path("petals.onnx"));
    options = { data, network, recipe: "fine-tune", batchSize: 8, epochs: 3, threads: 1, skipReport: true };
    alone = lab.path("alone");
    await follow(train({ ...options, out: alone }));
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  async function expectCloseRun(run: string): Promise<void> {
    const [losses, expected] = [await lossesOf(run), await lossesOf(alone)];
    expect(losses).toHaveLength(expected.length);
    for (const [epoch, figures] of losses.entries())
      for (const [name, value] of Object.entries(figures))
        expect(Math.abs(value - (expected[epoch] as Record<string, number>)[name]!), name).toBeLessThan(1e-5);
    await using one = await openSafetensorsFile(`${run}/last.safetensors`);
    await using other = await openSafetensorsFile(`${alone}/last.safetensors`);
    const tensors = new Map<string, Float32Array>();
    for await (const { name, data } of other.read()) tensors.set(name, data.slice());
    for await (const { name, data } of one.read())
      expect(distance(data, tensors.get(name)!), name).toBeLessThan(1e-3);
  }

  const checkpointEvery = { unit: "steps", steps: 1 };

  it("has the losses and weights of one process, and one of them says so", async () => {
    const { said, code } = await mpirun(2, "train", { ...options, out: lab.path("two") });
    expect(code).toBe(0);
    expect(said.filter(({ type }) => type === "end")).toHaveLength(1);
    await expectCloseRun(lab.path("two"));
    expect(await recordOf(lab.path("two"))).toMatchObject({ status: "completed", engine: { ranks: 2 } });
  });

  it("ends for all when one is killed, and goes on bit for bit with as many", async () => {
    const out = lab.path("killed");
    const { errors, code } = await mpirun(2, "train", { ...options, out, checkpointEvery }, 1);
    expect(code).not.toBe(0);
    expect(errors).toMatch(/rank 1 .* exited on signal 9/);
    await mpirun(2, "resume", { run: out, skipReport: true });
    await expectSameRun(out, lab.path("two"));
  });

  it("goes on in one process when rank 0 of four is killed", async () => {
    const out = lab.path("killed-first");
    const { errors } = await mpirun(4, "train", { ...options, out, checkpointEvery }, 0);
    expect(errors).toMatch(/rank 0 .* exited on signal 9/);
    await follow(resume({ run: out, skipReport: true }));
    await expectCloseRun(out);
  });
});
