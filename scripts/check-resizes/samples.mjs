// Photos that a small network has not seen, decoded once, and the network.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodePhoto, openBundle } from "../../packages/runtime-node/dist/index.js";
import { encodePng } from "../../packages/testing/dist/index.js";

const cli = fileURLToPath(new URL("../../packages/cli/dist/bundled/main.js", import.meta.url));
const network = ["--recipe", "quick", "--width", "0.1", "--image-size", "67", "--epochs", "10"];
/** Photos of each class that are kept from the network. */
const UNSEEN = 40;

/** The bundle, and of each photo that the network has not seen its file and label. `data` is a folder of photos per class; drawn ones by default. */
export async function writeSamples(work, data) {
  const split = work("photos");
  if (!existsSync(split)) await splitPhotos(data ?? drawnPhotos(work), split);
  const [run, bundleFolder] = [work("run"), work("bundle")];
  if (!existsSync(run)) fleuron(["train", "--data", split, "--out", run, ...network]);
  if (!existsSync(bundleFolder)) fleuron(["export", "--run", run, "--out", bundleFolder]);
  const bundle = await openBundle(bundleFolder);
  return { bundle, photos: await decodedPhotos(join(split, "val"), work("decoded")) };
}

function fleuron(args) {
  const { status } = spawnSync(process.execPath, [cli, ...args], { stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`fleuron ${args[0]} ended with ${status}`);
}

function drawnPhotos(work) {
  const folder = work("drawn");
  if (!existsSync(folder)) fleuron(["data", "make", "--out", folder, "--count", "1000", "--format", "png"]);
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

/** As PNG, so that no two programs decode them differently. */
async function decodedPhotos(folder, out) {
  await mkdir(out, { recursive: true });
  const photos = [];
  for (const { label, names } of await classesIn(folder))
    for (const name of names) {
      const file = join(out, `${photos.length}.png`);
      if (!existsSync(file)) {
        const photo = await decodePhoto(await readFile(join(folder, label, name)), { subject: name });
        await writeFile(file, await encodePng(photo));
      }
      const { width, height } = await decodePhoto(await readFile(file), { subject: file });
      photos.push({ label, file, width, height });
    }
  return photos;
}
