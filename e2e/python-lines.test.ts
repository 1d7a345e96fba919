// The Python lines of the documents, run as they stand, where Python and the packages are: FLEURON_PYTHON, else python3.
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { drawFlower, encodeJpeg, encodePng, photoZoo } from "@fleuron/testing";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { blocksOf } from "./documentation/blocks.js";
import { fleuronIn } from "./fleuron.js";

const python = process.env.FLEURON_PYTHON || "python3";
let folder: string;
let fleuron: ReturnType<typeof fleuronIn>;
/** Whole runs, and Python's imports, take many times longer on a busy machine. */
const PATIENCE_MS = 600_000;
const labels = ["aster", "bluebell", "cosmos"];

/** The document's only Python lines. */
function linesOf(document: string): string {
  const text = readFileSync(join(import.meta.dirname, "..", document), "utf8");
  const [block, ...others] = blocksOf(text).filter(({ language }) => /^py/.test(language));
  expect(others).toEqual([]);
  return block!.text;
}

/** What an expression is after a document's lines, in a folder with a run and its bundle, for each photo in the place of `rose.jpg`. */
async function valuesAfter(document: string, expression: string, place: string, photos = ["rose.jpg"]) {
  const program = `
import json, sys
lines, expression, *photos = sys.argv[1:]
for photo in photos:
    scope = {}
    exec(lines.replace("rose.jpg", photo), scope)
    print("value", json.dumps(eval(expression, scope)))
`;
  const args = ["-c", program, linesOf(document), expression, ...photos];
  const { stdout } = await promisify(execFile)(python, args, { cwd: join(folder, place) });
  return Array.from(stdout.matchAll(/^value (.*)$/gm), ([, json]): unknown => JSON.parse(json!));
}

const PROBABILITIES = "[float(p) for p in probabilities[0]]";

/** What our own program says of each photo, in the order of the labels. */
async function answersIn(place: string, photos: readonly string[]): Promise<readonly number[][]> {
  const paths = photos.map((photo) => join(place, photo));
  const lines = await fleuron("predict", ...paths, "--bundle", `${place}/bundle`);
  return lines.map((line) => {
    const { predictions } = line as { predictions: readonly { label: string; probability: number }[] };
    return labels.map((wanted) => predictions.find(({ label }) => label === wanted)!.probability);
  });
}

/** Forms that decoders take differently. */
async function oddPhotos(): Promise<readonly Buffer[]> {
  const zoo = await photoZoo();
  const of = (words: string) => zoo.find(({ kind }) => kind.startsWith(words))!.photos;
  const { data, width, height } = drawFlower({ width: 61, height: 47 });
  const grey = sharp(data, { raw: { width, height, channels: 3 } }).toColourspace("grey16");
  return [
    ...of("JPEG, EXIF"),
    ...of("PNG, grey"),
    ...of("transparent"),
    ...of("JPEG, subsampled"),
    await grey.png().toBuffer(),
  ];
}

/** Trains a small network into `runs/first` of a folder, and exports it as `bundle` there. */
async function trainIn(place: string, recipe: string, exporting: readonly string[]): Promise<void> {
  const size = "--epochs 1 --width 0.1 --image-size 67".split(" ");
  const run = `${place}/runs/first`;
  await fleuron("train", "--data", "photos", "--recipe", recipe, "--out", run, ...size);
  await fleuron("export", "--run", run, "--out", `${place}/bundle`, ...exporting);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fleuron-python-lines-"));
  fleuron = fleuronIn(folder);
  for (const [label, name] of labels.entries()) {
    await mkdir(join(folder, "photos", name), { recursive: true });
    for (let index = 0; index < 12; index++) {
      const flower = drawFlower({ label, seed: label * 100 + index, width: 90, height: 80 });
      await writeFile(join(folder, "photos", name, `${index}.jpg`), await encodeJpeg(flower));
    }
  }
  await trainIn("images", "quick", []);
}, PATIENCE_MS);
afterAll(() => rmSync(folder, { recursive: true }));

/** A test that is skipped, with the reason, where a package is missing. */
function itWith(packages: readonly string[], title: string, body: () => Promise<void>): void {
  const { status, error, stderr } = spawnSync(python, ["-c", `import ${packages.join(", ")}`]);
  const missing = error ? `there is no ${python}` : String(stderr).trim().split("\n").at(-1);
  it.skipIf(status !== 0)(status === 0 ? title : `${title} (skipped: ${missing})`, body, PATIENCE_MS);
}

const imaging = ["numpy", "onnxruntime", "PIL"];

itWith(imaging, "docs/bundle-format.md: photos of every form", async () => {
  const encoded = await oddPhotos();
  const photos = encoded.map((_, at) => `odd-${at}`);
  for (const [at, bytes] of encoded.entries()) await writeFile(join(folder, "images", photos[at]!), bytes);
  const theirs = await valuesAfter("docs/bundle-format.md", PROBABILITIES, "images", photos);
  const ours = await answersIn("images", photos);
  expect(ours).toHaveLength(photos.length);
  for (const [at, probabilities] of theirs.entries()) expectNear(probabilities, ours[at]!);
});

itWith(imaging, "docs/other-runtimes.md: a photo as bytes", async () => {
  await trainIn("bytes", "notebook", ["--input", "bytes"]);
  // Of the network's size, so that no resize comes between.
  const photo = await encodePng(drawFlower({ width: 67, height: 67 }));
  await writeFile(join(folder, "bytes/rose.png"), photo);
  const theirs = await valuesAfter("docs/other-runtimes.md", PROBABILITIES, "bytes", ["rose.png"]);
  const [ours] = await answersIn("bytes", ["rose.png"]);
  expectNear(theirs[0], ours!);
});

itWith(["pandas", "pyarrow"], "docs/scale.md: a table of predictions", async () => {
  await fleuron("predict", "photos", "--bundle", "images/bundle", "--out", "images/labels.parquet");
  const lengths = await valuesAfter("docs/scale.md", "[len(table), len(pairs)]", "images");
  expect(lengths).toEqual([[36, 108]]);
});

itWith(["numpy", "safetensors"], "packages/run-folder/README.md: a kernel of a checkpoint", async () => {
  const shapes = await valuesAfter("packages/run-folder/README.md", "kernel.shape", "images");
  expect(shapes).toEqual([[8, 3, 11, 11]]);
});

function expectNear(theirs: unknown, ours: readonly number[]): void {
  expect(theirs).toHaveLength(ours.length);
  for (const [at, probability] of (theirs as readonly number[]).entries())
    expect(probability).toBeCloseTo(ours[at]!, 4);
}
