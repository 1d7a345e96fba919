// What is asked of a run is computed by onnxruntime in float32, whichever engine trained it and in whatever precision.
import { readFile, writeFile } from "node:fs/promises";
import { type FakeMachine, fakeMachine } from "@fleuron/tensorflow/fixtures";
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { evaluate, labelledPhotos, predict, report, train, trainedRun } from "../../dist/index.js";
import { type Lab, openLab, recordOf, small } from "../fixtures/lab.js";

let lab: Lab;
let machine: FakeMachine;
let run: string;

beforeAll(async () => {
  lab = await openLab();
  machine = await fakeMachine();
  process.env.FLEURON_ENGINES = machine.surroundings.engines;
  run = lab.path("runs", "rounded");
  const data = await lab.photos("photos", { perClass: 12 });
  await follow(train({ ...small, data, out: run, epochs: 1, engine: "onnx-cpu" }));
});
afterAll(async () => {
  delete process.env.FLEURON_ENGINES;
  await machine[Symbol.asyncDispose]();
  await lab[Symbol.asyncDispose]();
});

/** Everything that is said about the run's validation photos. */
async function asked() {
  const { result: evaluation } = await follow(evaluate({ run, threads: 1 }));
  const { result: held } = await follow(labelledPhotos({ run, labels: evaluation.labels }));
  const photos = held.photos.map((photo) => photo.path);
  const { result: named } = await follow(predict({ run, photos, topK: 2, threads: 1 }));
  await follow(report({ run, threads: 1 }));
  const { weights } = await trainedRun({ run });
  return { evaluation, named, weights };
}

it("says of a run that tfjs-node trained in bfloat16 what its weights say in float32, and loads no TensorFlow", async () => {
  const mark = lab.path("loaded");
  await machine.file(
    `${machine.installation.npmPackage}/index.js`,
    `require("node:fs").writeFileSync(${JSON.stringify(mark)}, String(process.pid)); throw new Error("loaded");`,
  );
  const before = await asked();
  const record = await recordOf(run);
  const rounded = {
    ...record,
    plan: { ...(record.plan as object), precision: "bfloat16" },
    engine: { ...(record.engine as object), engine: "tfjs-node", precision: "bfloat16" },
  };
  await writeFile(`${run}/run.json`, JSON.stringify(rounded));
  expect(await asked()).toEqual(before);
  await expect(readFile(mark)).rejects.toMatchObject({ code: "ENOENT" });

  // To train with it would have left the mark, of a process of its own.
  if (process.platform !== "linux" || process.arch !== "x64") return;
  const again = train({ ...small, data: lab.path("photos"), out: lab.path("again"), engine: "tfjs-node" });
  await expect(follow(again)).rejects.toMatchObject({ code: "engine-unavailable" });
  expect(Number(await readFile(mark, "utf8"))).not.toBe(process.pid);
});
