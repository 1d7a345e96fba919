// `node scripts/onnx-networks/int8.mjs PHOTOS FILE[@HEIGHTxWIDTH]…`: whether a network names the same label where its weights are integers
// of 8 bits, on 300 photos below a folder.
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../build.mjs";

build("@fleuron/export");
const packages = new URL("../../packages/", import.meta.url);
const { networkOf } = await import(new URL("graph/dist/bundled/index.js", packages).href);
const { importBundle } = await import(new URL("export/dist/node/index.js", packages).href);
const { importClassifier } = await import(new URL("onnx-import/dist/index.js", packages).href);
const { readSource } = await import(new URL("onnx-import/dist/node/index.js", packages).href);
const { loadClassifier } = await import(new URL("runtime-node/dist/index.js", packages).href);

const PHOTOS = 300;
/** A share of the photos. */
const LEAST = 0.97;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { preprocessing: { type: "string", default: "imagenet" } },
});
const from = process.env.INIT_CWD ?? ".";
const [folder, ...networks] = positionals;
if (networks.length === 0) {
  process.stderr.write("name a folder of photos and ONNX files\n");
  process.exit(2);
}
const photos = evenly(await photosBelow(resolve(from, folder)), PHOTOS);

let passed = 0;
process.stdout.write(
  "| File | float32 | int8 | Labels | Same label | Margin | Where they differ, at most |\n",
);
process.stdout.write("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
for (const network of networks) {
  const [path, imageSize] = network.split("@");
  const bundle = await mkdtemp(join(tmpdir(), "fleuron-int8-"));
  try {
    const sizes = await importInto(bundle, resolve(from, path), imageSize);
    const exact = await namesOf(bundle, "float32");
    const rounded = await namesOf(bundle, "int8");
    const differing = exact.filter(({ label }, index) => label !== rounded[index].label);
    const same = exact.length - differing.length;
    const cells = [
      ...[basename(path), ...sizes.map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`)],
      ...[new Set(exact.map(({ label }) => label)).size, `${same} of ${exact.length}`],
      ...[margins(exact)[exact.length >> 1], margins(differing).at(-1) ?? 0].map((margin) =>
        margin.toFixed(3),
      ),
    ];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
    if (same >= LEAST * exact.length) passed++;
  } finally {
    await rm(bundle, { recursive: true });
  }
}
process.stdout.write(
  `\n${passed} of ${networks.length} name the same label on ${100 * LEAST}% of the photos\n`,
);
process.exitCode = passed === networks.length ? 0 : 1;

/** Writes the bundle, whose labels are numbers, and gives the sizes of its two models. */
async function importInto(bundle, file, imageSize) {
  const source = await readSource(file);
  const sides = imageSize?.split("x").map(Number);
  const { classes } = networkOf(importClassifier(source, { imageSize: sides }).network);
  const labels = join(bundle, "labels.json");
  await writeFile(labels, JSON.stringify(Array.from({ length: classes }, (_, index) => `${index}`)));
  const { preprocessing } = values;
  const precisions = ["float32", "int8"];
  const { manifest } = await resultOf(
    importBundle({ file, folder: join(bundle, "bundle"), labels, preprocessing, imageSize, precisions }),
  );
  const bytesOf = ({ files }) => files.reduce((sum, { bytes }) => sum + bytes, 0);
  return precisions.map((precision) =>
    bytesOf(manifest.models.find((model) => model.precision === precision)),
  );
}

/** What a model calls each photo, and how far the logit of that label is above the next one's. */
async function namesOf(bundle, precision) {
  const classifier = await loadClassifier(join(bundle, "bundle"), { precision });
  const names = [];
  for (const photo of photos) {
    const [first, second] = (await classifier.classify(photo, { topK: 2 })).predictions;
    names.push({ label: first.label, margin: Math.log(first.probability / second.probability) });
  }
  await classifier.dispose();
  return names;
}

function margins(names) {
  return names.map(({ margin }) => margin).sort((a, b) => a - b);
}

async function photosBelow(root) {
  const paths = (await readdir(root, { recursive: true })).filter((name) =>
    /\.(jpe?g|png|webp)$/i.test(name),
  );
  return paths.sort().map((name) => join(root, name));
}

/** At most that many, spread over all: photos of a class lie together. */
function evenly(all, most) {
  const count = Math.min(all.length, most);
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]);
}

async function resultOf(work) {
  for (;;) {
    const { done, value } = await work.next();
    if (done) return value;
  }
}
