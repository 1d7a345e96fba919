import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Fault, oneByOne } from "../fault.js";
import { type Ended, fleuron, howIt, requireSuccess } from "../lab/fleuron.js";
import { goOn } from "../lab/interrupted.js";
import type { Lab } from "../lab/lab.js";
import { everything, small } from "../lab/reference.js";
import { requireAlone, requireSameBundle } from "../lab/same-bundle.js";
import { requireSameRun } from "../lab/same-run.js";
import { mountSmallDisk, smallDiskMissing } from "../lab/small-disk.js";
import { must } from "../lost.js";

const SIZES = 20;
/** Neighbouring seeds take sizes far apart. */
const STRIDE = 7;
const ROOM = 64 * 2 ** 20;
const engine = "onnx-cpu";

const targets: readonly (readonly [kind: string, tries: (lab: Lab, share: number) => Promise<void>])[] = [
  ["a run's folder", fullUnderRun],
  ["a bundle's folder", fullUnderBundle],
  ["the cache of pixels", fullUnderCache],
];

/** It ends with `disk-full`, what was saved can be read, and with room again it goes on, bit for bit. */
export const fullDisk: Fault = {
  name: "full-disk",
  what: "a disk that is full after a drawn number of bytes, at twenty sizes each",
  times: { long: SIZES * targets.length, short: targets.length },
  missing: smallDiskMissing,
  tries: ({ lab, ...options }) =>
    oneByOne(options, (random, seed) => {
      const [kind, fill] = targets[seed % targets.length]!;
      const stratum = (Math.floor(seed / targets.length) * STRIDE) % SIZES;
      const share = (stratum + random.uniform()) / SIZES;
      return { kind, run: () => fill(lab, share) };
    }),
};

async function fullUnderRun(lab: Lab, share: number): Promise<void> {
  const reference = await lab.reference(engine);
  const last = await stat(join(reference.run, "last.safetensors"));
  const needed = (await bytesIn(reference.run)) + last.size;
  await using disk = await mountSmallDisk(join(await lab.place(), "disk"), share * needed);
  const run = join(disk.folder, "run");
  const ended = await fleuron(["train", ...small(await lab.photos(), engine), "--out", run], lab);
  if (!requireDiskFull(ended)) return await requireSameRun(run, reference.run);
  if (existsSync(join(run, "last.safetensors"))) {
    requireSuccess(await fleuron(["evaluate", "--run", run, "--checkpoint", "last", "--json"], lab));
  }
  await disk.resize(ROOM);
  await goOn(lab, engine, run);
}

async function fullUnderBundle(lab: Lab, share: number): Promise<void> {
  const { run, bundle: reference } = await lab.reference(engine);
  const needed = await bytesIn(reference);
  await using disk = await mountSmallDisk(join(await lab.place(), "disk"), share * needed);
  const bundle = join(disk.folder, "bundle");
  const args = ["export", "--run", run, "--out", bundle, ...everything];
  if (requireDiskFull(await fleuron(args, lab))) {
    await requireAlone(disk.folder, []);
    await disk.resize(ROOM);
    requireSuccess(await fleuron(args, lab));
  }
  await requireSameBundle(bundle, reference);
  await requireAlone(disk.folder, ["bundle"]);
}

async function fullUnderCache(lab: Lab, share: number): Promise<void> {
  const reference = await lab.reference(engine);
  const needed = await bytesIn(join(lab.folder, "cache"));
  const place = await lab.place();
  await using disk = await mountSmallDisk(join(place, "disk"), share * needed);
  const environment = { FLEURON_CACHE: disk.folder };
  const run = join(place, "run");
  const args = ["train", ...small(await lab.photos(), engine), "--out", run];
  if (requireDiskFull(await fleuron(args, lab, { environment }))) {
    await disk.resize(ROOM);
    requireSuccess(await fleuron(args, lab, { environment }));
  }
  await requireSameRun(run, reference.run);
}

/** Whether it failed, and then for the right reason. */
function requireDiskFull(ended: Ended): boolean {
  if (ended.code === 0) return false;
  const error = JSON.parse(ended.lines.at(-1) ?? "{}");
  must(ended.code === 1 && error.code === "disk-full", () => `a full disk ended it with ${howIt(ended)}`);
  return true;
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
