// `pnpm gpu-kit --out DIR`: all that a bare Linux machine with a GPU needs, in parts of at most 56 MiB.
import { execFileSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "../build.mjs";
import { addDawn, addNode, addProject, addVulkan } from "./contents.mjs";
import { writeParts } from "./parts.mjs";

const usage =
  "Usage: pnpm gpu-kit --out DIR\n\nDIR must be new or empty; scripts/gpu-kit/README.md says what comes into it.\n";

try {
  const { values } = parseArgs({
    options: { out: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) process.stdout.write(usage);
  else if (values.out === undefined)
    fail("--out is missing.", "Name a folder that is new or empty: --out gpu-kit");
  else await pack(path.resolve(values.out));
} catch (error) {
  fail(error.message, "scripts/gpu-kit/README.md says what packing needs.");
}

async function pack(out) {
  if (process.platform !== "linux" || process.arch !== "x64")
    return fail(
      `The kit is packed on Linux on x64, not on ${process.platform} on ${process.arch}.`,
      "Use such a machine.",
    );
  await mkdir(out, { recursive: true });
  if ((await readdir(out)).length > 0) return fail(`${out} is not empty.`, "Name a new folder with --out.");
  build("@fleuron/trainer");
  const temporary = await mkdtemp(path.join(tmpdir(), "fleuron-gpu-kit-"));
  try {
    const kit = path.join(temporary, "kit");
    for (const add of [addNode, addProject, addDawn, addVulkan]) await add(kit);
    const archive = path.join(temporary, "fleuron-gpu-kit.tar.gz");
    execFileSync("tar", ["-C", temporary, "-czf", archive, "kit"]);
    const parts = await writeParts(archive, out);
    await copyFile(new URL("run.sh", import.meta.url), path.join(out, "run.sh"));
    process.stdout.write(`${parts} parts, SHA256SUMS and run.sh are in ${out}\n`);
    process.stdout.write("Copy them into one folder of the GPU machine, and there: sh run.sh\n");
  } finally {
    await rm(temporary, { recursive: true });
  }
}

function fail(message, hint) {
  process.stderr.write(`error: ${message}\nhint: ${hint}\n`);
  process.exitCode = 1;
}
