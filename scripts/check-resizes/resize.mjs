// All photos by one program, installed first where it is not there yet.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { failure, pythonOf } from "../check-runtimes/install.mjs";
import { makeWhole } from "../check-runtimes/make-whole.mjs";
import { resizeInChromium } from "./resize-in-chromium.mjs";

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The folder with a file for each method, and the program's version; or what is missing. */
export async function resizeAll(program, { photos, side, work }) {
  const out = work("resized", program.id);
  mkdirSync(out, { recursive: true });
  if (program.pip === undefined && program.npm === undefined) {
    const version = await resizeInChromium({ photos, side, out }).catch(({ message }) => ({
      missing: message,
    }));
    return version.missing === undefined ? { out, version } : version;
  }
  const installed = await (program.pip ? pythonWith(program, work) : nodeWith(program, work));
  if (installed.missing !== undefined) return installed;
  const given = [dirname(photos[0].file), String(photos.length), String(side), out];
  const { command, args } = installed;
  const { status, stdout, stderr } = spawnSync(command, [...args, ...given], { encoding: "utf8" });
  if (status !== 0) {
    const lines = stderr.trim().split("\n");
    return { missing: lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) };
  }
  return { out, ...JSON.parse(stdout.trim().split("\n").at(-1)) };
}

async function pythonWith({ id, pip }, work) {
  const python = await pythonOf({ id, packages: pip }, work);
  return python.missing === undefined ? { ...python, args: [fileOf("resize.py"), id] } : python;
}

async function nodeWith({ id, npm }, work) {
  const folder = work("node", id);
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund"];
  const wrong = await makeWhole(folder, () =>
    failure("npm", ["install", ...quietly, "--prefix", folder, ...npm]),
  );
  if (wrong !== undefined) return { missing: wrong };
  return { command: process.execPath, args: [fileOf("resize-in-node.mjs"), id, folder] };
}
