// How well "none of these" works: `node scripts/measure-rejection.mjs --run RUN --others DIR…` prints, for photos of each folder and for
// drawn colours, ramps, checks, discs and noise, how three scores tell them from the run's validation photos: the greatest
// probability (which `rejected` goes by), the energy (log Σ exp of the logits) and the greatest logit.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const from = (path) => import(new URL(`../packages/${path}`, import.meta.url));
const { writeTransformers } = await from("export/dist/node/index.js");
const { preprocess, randomStream } = await from("model/dist/index.js");
const { onnxruntime, useFile } = await from("runtime-node/dist/index.js");
const { listPhotos } = await from("photos/dist/index.js");
const { labelledPhotos, trainedRun } = await from("trainer/dist/index.js");

/** Pictures of each folder, and drawn ones. */
const MOST = 150;
/** The share of validation photos that the last columns reject. */
const REJECTED = 0.05;

const { values } = parseArgs({
  options: { run: { type: "string" }, others: { type: "string", multiple: true } },
});
const { run, others = [] } = values;
const { folder: _, training: __, ...model } = await trainedRun({ run });
const { labels, preprocessing } = model;
const folder = await mkdtemp(join(tmpdir(), "fleuron-rejection-"));
// Its network ends in logits, which are divided by the temperature.
await last(writeTransformers({ model, folder: join(folder, "model"), precisions: ["float32"] }));
const session = await onnxruntime.InferenceSession.create(join(folder, "model", "onnx", "model.onnx"));

const { photos } = await last(labelledPhotos({ run, labels }));
const own = await ofFiles(photos.map(({ path }) => path));
console.log("| pictures | count | rejected | score | AUROC | rejected where 5% of the own are |");
console.log("| --- | ---: | ---: | --- | ---: | ---: |");
report("validation photos", own);
for (const other of others) report(other, await ofFiles((await last(listPhotos([other]))).slice(0, MOST)));
report("drawn", await Promise.all(Array.from({ length: MOST }, (_, index) => scoresOf(drawn(index)))));
await rm(folder, { recursive: true });

function report(name, found) {
  const rejected = found.filter(({ probability }) => probability < (model.rejectBelow ?? 0)).length;
  for (const score of ["probability", "energy", "logit"]) {
    const values = own.map((one) => one[score]).sort((one, other) => one - other);
    const limit = values[Math.floor(REJECTED * values.length)];
    const below = found.filter((one) => one[score] < limit).length;
    const cells = [
      name,
      found.length,
      share(rejected, found),
      score,
      auroc(found, score),
      share(below, found),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

/** How often a validation photo has the higher score of two. */
function auroc(found, score) {
  const higher = own.reduce((sum, one) => sum + found.filter((other) => one[score] > other[score]).length, 0);
  return (higher / own.length / found.length).toFixed(3);
}

function share(part, whole) {
  return `${((100 * part) / whole.length).toFixed(1)}%`;
}

async function ofFiles(paths) {
  const found = [];
  for (const path of paths) {
    const file = await useFile(path, preprocessing, (image) => preprocess(image, preprocessing));
    if ("result" in file) found.push(await scoresOf(file.result));
  }
  return found;
}

async function scoresOf(image) {
  const { size } = preprocessing;
  const [input, output] = [session.inputNames[0], session.outputNames[0]];
  const tensor = new onnxruntime.Tensor("float32", image, [1, 3, size, size]);
  const logits = [...(await session.run({ [input]: tensor }))[output].data];
  const logit = Math.max(...logits);
  const energy = logit + Math.log(logits.reduce((sum, value) => sum + Math.exp(value - logit), 0));
  return { probability: Math.exp(logit - energy), energy, logit };
}

/** Two colours: alone, in a ramp, checks, a disc, noise. */
function drawn(index) {
  const side = 128;
  const stream = randomStream(1, "sample", 0, index);
  const [one, other] = [0, 1].map(() => [0, 1, 2].map(() => 255 * stream.uniform()));
  const [x, y, size] = [stream.uniform(), stream.uniform(), stream.uniform()];
  const share = [
    () => 0,
    (u, v) => u * x + v * (1 - x),
    (u, v) => (Math.floor(u * (2 + 8 * size)) + Math.floor(v * (2 + 8 * size))) % 2,
    (u, v) => Number((u - x) ** 2 + (v - y) ** 2 < (0.1 + 0.4 * size) ** 2),
    () => stream.uniform(),
  ][index % 5];
  const data = new Uint8Array(3 * side * side);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const part = share((pixel % side) / side, Math.floor(pixel / side) / side);
    for (const channel of [0, 1, 2])
      data[3 * pixel + channel] = Math.round(one[channel] + part * (other[channel] - one[channel]));
  }
  return preprocess({ width: side, height: side, data }, preprocessing);
}

/** What a generator returns. */
async function last(work) {
  for (;;) {
    const { done, value } = await work.next();
    if (done) return value;
  }
}
