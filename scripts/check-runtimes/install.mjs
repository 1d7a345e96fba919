// Where a program is: a virtual environment or a crate, made when it is not there yet, or not as a whole.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { makeWhole } from "./make-whole.mjs";

const script = fileURLToPath(new URL("run_model.py", import.meta.url));

/** The command that runs a model, or what is missing for it. */
export const install = (runtime, work) =>
  runtime.crate === undefined ? installPackages(runtime, work) : buildCrate(runtime, work);

async function installPackages(runtime, work) {
  const python = await pythonOf(runtime, work);
  return python.missing === undefined ? { ...python, args: [script, runtime.id] } : python;
}

/** A Python with the packages, or what is missing for it. */
export async function pythonOf({ id, packages }, work) {
  const folder = work("python", id);
  const python = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
  const command = work("python", id, python);
  const wrong = await makeWhole(
    folder,
    () =>
      failure(process.env.FLEURON_PYTHON || "python3", ["-m", "venv", folder]) ??
      failure(command, ["-m", "pip", "install", "--quiet", ...packages]),
  );
  return wrong === undefined ? { command } : { missing: wrong };
}

function buildCrate({ id, crate, builtForEach }, work) {
  const folder = fileURLToPath(new URL(`rust/${id}/`, import.meta.url));
  const place = ["--quiet", "--manifest-path", `${folder}Cargo.toml`, "--target-dir", work("rust")];
  const wrong = failure("cargo", ["build", ...place, ...(builtForEach ? ["--lib"] : [])]);
  if (wrong !== undefined) return { missing: wrong };
  const lock = readFileSync(`${folder}Cargo.lock`, "utf8");
  const version = lock.match(new RegExp(`name = "${crate}"\\nversion = "([^"]+)"`))[1];
  if (builtForEach) return { command: "cargo", args: ["run", ...place, "--"], version };
  return { command: work("rust", "debug", `check-${id}`), args: [], version };
}

/** Why a command failed: its last line; undefined where it did not. */
export function failure(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error) return `there is no ${command}`;
  if (status === 0) return undefined;
  const lines = stderr.trim().split("\n");
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
}
