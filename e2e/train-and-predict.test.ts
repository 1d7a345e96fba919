// What a user does first, through the real command line: train on a folder of photos, evaluate, name a photo.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { afterAll, beforeAll, expect, it } from "vitest";

const main = fileURLToPath(new URL("../packages/cli/dist/bundled/main.js", import.meta.url));
const labels = ["aster", "bluebell", "crocus"];
let folder: string;

async function fleuron(...args: string[]): Promise<string> {
  const env = { ...process.env, FLEURON_CACHE: join(folder, "cache"), NO_COLOR: "1" };
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...args], { cwd: folder, env });
  return stdout;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-e2e-"));
  for (const [label, name] of labels.entries()) {
    await mkdir(join(folder, "photos", name), { recursive: true });
    for (let index = 0; index < 24; index++) {
      const image = drawFlower({ label, seed: label * 100 + index, width: 90, height: 80 });
      await writeFile(join(folder, "photos", name, `${index}.jpg`), await encodeJpeg(image));
    }
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it("trains, evaluates and names a photo, and they agree", async () => {
  const size = ["--width", "0.1", "--image-size", "67", "--batch-size", "8"];
  const recipe = ["--recipe", "notebook-complete", "--epochs", "6"];
  const output = await fleuron(
    "train",
    "--data",
    "photos",
    "--out",
    "runs/first",
    ...recipe,
    ...size,
    "--json",
  );
  const events = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { type: string; best?: { valAccuracy: number } });
  const end = events.at(-1);
  expect(end).toMatchObject({ type: "end", reason: "completed", epoch: 6 });

  const metrics = (await readFile(join(folder, "runs/first/metrics.jsonl"), "utf8")).trim().split("\n");
  expect(metrics).toHaveLength(6);

  const evaluation = JSON.parse(await fleuron("evaluate", "--json")) as { accuracy: number; count: number };
  expect(evaluation.accuracy).toBe(end?.best?.valAccuracy);

  const photo = join("photos", "crocus", "0.jpg");
  const prediction = JSON.parse(await fleuron("predict", photo, "--json", "--top-k", "3")) as {
    photo: string;
    predictions: { label: string; probability: number }[];
  };
  expect(prediction.photo).toContain(photo);
  expect(prediction.predictions.map(({ label }) => label).sort()).toEqual(labels);
  const total = prediction.predictions.reduce((sum, { probability }) => sum + probability, 0);
  expect(total).toBeCloseTo(1, 5);
});
