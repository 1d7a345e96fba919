// From a network file of another tool to files of ours, through the real command line; the file itself is gone by then.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VerificationReport } from "@fleuron/export/node";
import { classifierGraph } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { bundlePrecisions, type LabelProbability } from "@fleuron/model";
import { drawFlower, drawnWeights, encodeJpeg, tinyNetwork } from "@fleuron/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fleuronIn } from "./fleuron.js";

const network = { ...tinyNetwork(), input: { channels: 3, height: 40, width: 40 } };
let folder: string;
let fleuron: ReturnType<typeof fleuronIn>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-e2e-"));
  fleuron = fleuronIn(folder);
  for (const [label, name] of ["aster", "bluebell"].entries()) {
    await mkdir(join(folder, "photos", name), { recursive: true });
    for (let index = 0; index < 10; index++) {
      const image = drawFlower({ label, seed: label * 100 + index, width: 90, height: 80 });
      await writeFile(join(folder, "photos", name, `${index}.jpg`), await encodeJpeg(image));
    }
  }
  const file = join(folder, "petals.onnx");
  await writeFile(file, toOnnx(classifierGraph(network), { values: drawnWeights(network) }));
  const preprocessing = ["--preprocessing", "-1..1", "--channels", "bgr", "--resize", "48"];
  const how = ["--recipe", "fine-tune", "--epochs", "2", ...preprocessing];
  await fleuron("train", "--data", "photos", "--network", "petals.onnx", "--out", "runs/tuned", ...how);
  await rm(file);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("exports every format at every precision, each verified against the run", async () => {
  const [bundle, report] = await fleuron(
    ...["export", "--run", "runs/tuned", "--format", "all", "--precision", bundlePrecisions.join(",")],
  );
  expect(bundle).toMatchObject({
    manifest: {
      formatVersion: 3,
      labels: ["aster", "bluebell"],
      preprocessing: { size: 40, channelOrder: "bgr", resize: { fit: "cover", resizeTo: 48 } },
      training: { run: "tuned", recipe: "fine-tune", network: { name: "petals" } },
    },
  });
  expect(report).toMatchObject({ reference: "trainer", source: "validation", passed: true });
});

it("answers alike in Node, in Chromium and in tfjs", async () => {
  const all = ["--format", "all", "--precision", "float32"];
  await fleuron("export", "--run", "runs/tuned", "--out", "exact", ...all);
  const [report] = await fleuron("verify", "--bundle", "exact", "--browser");
  const { reference, checks } = report as VerificationReport;
  expect(reference).toBe("trainer");
  expect(checks.map(({ runner }) => runner)).toEqual(
    expect.arrayContaining(["onnxruntime-node", "chromium-wasm", "tfjs-wasm"]),
  );
  for (const { runner, maxDifference } of checks) expect(maxDifference, runner).toBeLessThan(1e-4);
});

it("names photos with the bundle as with the run", async () => {
  const named = async (...from: readonly string[]) => {
    const lines = await fleuron("predict", "photos/aster", ...from);
    return (lines as readonly { predictions: readonly LabelProbability[] }[]).map(({ predictions }) =>
      predictions.toSorted((a, b) => a.label.localeCompare(b.label)),
    );
  };
  const fromBundle = await named("--bundle", "runs/tuned/bundle");
  expect(fromBundle).toHaveLength(10);
  for (const [photo, predictions] of (await named("--run", "runs/tuned")).entries())
    for (const [index, { label, probability }] of predictions.entries())
      expect(fromBundle[photo]![index]).toEqual({ label, probability: expect.closeTo(probability, 4) });
});
