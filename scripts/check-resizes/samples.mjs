// Photos that a small network has not seen, decoded once, and the network.
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodePhoto, openBundle } from "../../packages/runtime-node/dist/index.js";
import { encodePng } from "../../packages/testing/dist/index.js";
import { makeWhole } from "../check-runtimes/make-whole.mjs";

const cli = fileURLToPath(new URL("../../packages/cli/dist/bundled/main.js", import.meta.url));
const network = ["--recipe", "quick", "--width", "0.1", "--image-size", "67", "--epochs", "10"];
/** Photos of each class that are kept from the network. */
const UNSEEN = 40;

/** The bundle, and of each photo that the network has not seen its file and label. `data` is a folder of photos per class; drawn ones by default. */
export async function writeSamples(work, data) {
  const split = work("photos");
  await makeWhole(split, async () => splitPhotos(data ?? (await drawnPhotos(work)), split));
  const [run, bundleFolder] = [work("run"), work("bundle")];
  await makeWhole(run, () => fleuron(["train", "--data", split, "--out", run, ...network]));
  await makeWhole(bundleFolder, () => fleuron(["export", "--run", run, "--out", bundleFolder]));
  const bundle = await openBundle(bundleFolder);
  const [unseen, decoded] = [join(split, "val"), work("decoded")];
  await makeWhole(decoded, () => decodePhotos(unseen, decoded));
  return { bundle, photos: await photosIn(unseen, decoded) };
}

function fleuron(args) {
  const { status } = spawnSync(process.execPath, [cli, ...args], { stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`fleuron ${args[0]} ended with ${status}`);
}

async function drawnPhotos(work) {
  const folder = work("drawn");
  await makeWhole(folder, () =>
    fleuron(["data", "make", "--out", folder, "--count", "1000", "--format", "png"]),
  );
  return folder;
}

async function splitPhotos(data, out) {
  for (const { label, names } of await classesIn(data))
    for (const [at, name] of names.entries()) {
      const place = join(out, at < UNSEEN ? "val" : "train", label);
      await mkdir(place, { recursive: true });
      await copyFile(join(data, label, name), join(place, name));
    }
}

async function classesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const labels = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const read = labels
    .sort()
    .map(async (label) => ({ label, names: (await readdir(join(folder, label))).sort() }));
  return Promise.all(read);
}

/** Each photo's label, where it lies, and where it is decoded. */
async function pathsIn(folder, out) {
  const paths = (await classesIn(folder)).flatMap(({ label, names }) =>
    names.map((name) => ({ label, path: join(folder, label, name) })),
  );
  return paths.map((each, at) => ({ ...each, file: join(out, `${at}.png`) }));
}

/** As PNG, so that no two programs decode them differently. */
async function decodePhotos(folder, out) {
  await mkdir(out, { recursive: true });
  for (const { path, file } of await pathsIn(folder, out)) {
    const photo = await decodePhoto(await readFile(path), { subject: path });
    await writeFile(file, await encodePng(photo));
  }
}

async function photosIn(folder, out) {
  const photos = [];
  for (const { label, file } of await pathsIn(folder, out)) {
    const { width, height } = await decodePhoto(await readFile(file), { subject: file });
    photos.push({ label, file, width, height });
  }
  return photos;
}
