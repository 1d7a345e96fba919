// A run that goes on on another engine, on the built package.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunRecord } from "@fleuron/run-folder";
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { precisionToResume } from "../../dist/engines/engine-of-run.js";
import { compare, resume, train } from "../../dist/index.js";
import { type Lab, openLab, recordOf, small } from "../fixtures/lab.js";

let lab: Lab;
let run: string;
let plain: string;
beforeAll(async () => {
  lab = await openLab();
  const data = await lab.photos("photos", { perClass: 10 });
  [run, plain] = [lab.path("run"), lab.path("plain")];
  for (const out of [run, plain]) {
    await follow(train({ ...small, data, batchSize: 4, epochs: 1, engine: "onnx-cpu", out }));
  }
});
afterAll(() => lab[Symbol.asyncDispose]());

const edit = async (change: (record: RunRecord) => RunRecord) => {
  const record = (await recordOf(run)) as unknown as RunRecord;
  await writeFile(join(run, "run.json"), JSON.stringify(change(record)));
};
const told = async () => (await recordOf(run)) as unknown as RunRecord;

const ROUNDED = { engine: "tfjs-node", precision: "bfloat16" } as const;

describe("a run that goes on on an engine of less precision", () => {
  it("keeps what it wishes for, and each of its lives", async () => {
    const first = await told();
    expect(first.wish).toEqual({ engine: "onnx-cpu", precision: "float32" });
    expect(first.lives).toMatchObject([{ epoch: 0, step: 0, engine: first.engine }]);
    // As if it had begun on an engine that rounds.
    await edit((record) => ({
      ...record,
      wish: ROUNDED,
      plan: { ...record.plan, precision: "bfloat16" },
      engine: { ...record.engine, ...ROUNDED },
      lives: [{ began: record.created, epoch: 0, step: 0, engine: { ...record.engine, ...ROUNDED } }],
    }));
    const { events } = await follow(resume({ run, engine: "onnx-cpu", epochs: 2, threads: 1 }));
    expect(events.find((event) => event.type === "run")).toMatchObject({
      engine: { engine: "onnx-cpu", precision: "float32" },
      engineReason: "asked for; it does not compute in bfloat16, as the run began",
    });
    expect(await told()).toMatchObject({
      wish: { engine: "onnx-cpu", precision: "bfloat16" },
      engine: { engine: "onnx-cpu", precision: "float32" },
      lives: [
        { epoch: 0, step: 0, engine: ROUNDED },
        { epoch: 1, step: 0, engine: { engine: "onnx-cpu", precision: "float32" } },
      ],
    });
  });

  it("goes back to its own precision where an engine has it", () => {
    expect(precisionToResume("bfloat16", { precisions: ["float32", "bfloat16"] })).toBe("bfloat16");
    expect(precisionToResume("bfloat16", { precisions: ["float32"] })).toBe("float32");
    expect(precisionToResume("float32", { precisions: ["float32", "bfloat16"] })).toBe("float32");
  });

  it("is shown with all its engines by the report and by compare", async () => {
    const page = await readFile(join(run, "report.html"), "utf8");
    expect(page).toContain("tfjs-node, bfloat16, 1 thread; from epoch 2 on onnx-cpu, float32, 1 thread");
    const { differences } = await compare({ runs: [plain, run], out: lab.path("compare.html") });
    expect(differences).toContainEqual({
      setting: "precision",
      values: ["float32", "bfloat16, then float32"],
    });
    expect(differences).toContainEqual({
      setting: "engine",
      values: ["onnx-cpu", "tfjs-node, then onnx-cpu"],
    });
  });
});

it("a life that failed before its first step leaves the record as it was", async () => {
  const before = await told();
  const checkpoint = join(run, "last.safetensors");
  const whole = await readFile(checkpoint);
  await writeFile(checkpoint, whole.subarray(0, 1000));
  const further = { run, epochs: 40, skipReport: true, engine: "onnx-cpu" };
  await expect(follow(resume(further))).rejects.toMatchObject({ code: "checkpoint-truncated" });
  expect(await told()).toEqual(before);
  await writeFile(checkpoint, whole);
});

it("a life that took no step leaves the record's engines as they were", async () => {
  const before = await told();
  await edit((record) => ({ ...record, status: "stopped" }));
  await follow(resume({ run, skipReport: true, threads: 2 }));
  const { lives, engine, status } = await told();
  expect({ lives, engine, status }).toEqual({
    lives: before.lives,
    engine: before.engine,
    status: "completed",
  });
});
