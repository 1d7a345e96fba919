// What is asked of a run is computed by onnxruntime in float32, whichever engine trained it and in whatever precision.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeEngineMarker } from "../../../dist/node/engine-install/engine-marker.js";
import { installableEngine } from "../../../dist/node/engine-install/installable.js";
import { installationOf } from "../../../dist/node/engine-install/installation.js";
import { loadEngine } from "../../../dist/node/engines/index.js";
import {
  evaluate,
  labelledPhotos,
  predict,
  report,
  thisMachine,
  train,
  trainedRun,
} from "../../../dist/node/index.js";
import { follow, type Lab, openLab, recordOf, small } from "../../fixtures/lab.js";

let lab: Lab;
let run: string;
let before: Awaited<ReturnType<typeof asked>>;

beforeAll(async () => {
  lab = await openLab();
  run = lab.path("runs", "rounded");
  const data = await lab.photos("photos", { perClass: 12 });
  await follow(train({ ...small, data, out: run, epochs: 1, engine: "onnx-cpu" }));
  before = await asked();
  process.env.FLEURON_ENGINES = lab.path("engines");
});
afterAll(() => {
  delete process.env.FLEURON_ENGINES;
  return lab[Symbol.asyncDispose]();
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

/** An engine that seems to be whole, and leaves a mark when it is loaded. */
async function setTrap(mark: string): Promise<void> {
  const engine = installableEngine("tfjs-node");
  const installation = installationOf(engine);
  await mkdir(path.dirname(installation.addon), { recursive: true });
  const elf = Buffer.alloc(64);
  elf.write("\x7fELF\x02\x01\x01", "latin1");
  elf.writeUInt16LE(62, 18);
  await writeFile(installation.addon, elf);
  const main = `require("node:fs").writeFileSync(${JSON.stringify(mark)}, ""); throw new Error("loaded");`;
  await writeFile(path.join(installation.npmPackage, "index.js"), main);
  await writeFile(
    path.join(installation.npmPackage, "package.json"),
    JSON.stringify({ name: engine.npmPackage, version: "4.22.0", main: "index.js" }),
  );
  await writeEngineMarker(installation.marker, {
    formatVersion: 1,
    engine: "tfjs-node",
    installed: new Date(0).toISOString(),
    versions: {},
    source: "a test",
    libraries: {},
    cuda: {},
    triedOn: "processor",
  });
}

describe("of a run that tfjs-node trained in bfloat16", () => {
  it("evaluate, predict, report and export's reference are those of its weights in float32; no TensorFlow is loaded", async () => {
    const mark = lab.path("loaded");
    await setTrap(mark);
    const record = await recordOf(run);
    const rounded = {
      ...record,
      plan: { ...(record.plan as object), precision: "bfloat16" },
      engine: { ...(record.engine as object), engine: "tfjs-node", precision: "bfloat16" },
    };
    await writeFile(`${run}/run.json`, JSON.stringify(rounded));
    expect(await asked()).toEqual(before);
    await expect(readFile(mark)).rejects.toMatchObject({ code: "ENOENT" });

    // The trap would have snapped: training loads the engine.
    const { platform, arch } = process;
    if (platform !== "linux" || arch !== "x64") return;
    const engine = await loadEngine("tfjs-node");
    expect((await engine.probe(thisMachine())).filter(({ ok }) => !ok)).toEqual([]);
    const data = lab.path("photos");
    const again = train({ ...small, data, out: lab.path("runs", "trap"), engine: "tfjs-node" });
    await expect(follow(again)).rejects.toMatchObject({ code: "engine-unavailable" });
    expect((await readFile(mark)).length).toBe(0);
  });
});
