// A copy of the packages, to be changed: built, and tested, as the packages themselves are.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { inOrder, readPackages } from "../../scripts/draw-packages.mjs";
import type { Change, Run } from "./additions.js";

const root = join(import.meta.dirname, "../..");
const tsc = join(root, "node_modules/typescript/bin/tsc");
const bundle = join(root, "scripts/bundle-for-node.mjs");

/** Copies the packages into an empty folder. They see each other there, and the libraries of the original. */
export function copyPackages(folder: string): void {
  const asItIs = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true };
  for (const name of readdirSync(root).filter((file) =>
    /^(tsconfig\.|vitest\.config\.|packages$)/.test(file),
  ))
    cpSync(join(root, name), join(folder, name), asItIs);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

export function applyChange(folder: string, { path, apply }: Change): void {
  const file = join(folder, path);
  const text = apply(existsSync(file) ? readFileSync(file, "utf8") : "");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Builds the packages of the copy, and checks the types of those that changed, tests included: the complaints. */
export function build(folder: string, changed: readonly string[]): string {
  const all = inOrder(readPackages()).filter((name) => existsSync(join(folder, "packages", name)));
  const touched = all.filter((name) => changed.some((path) => path.startsWith(`packages/${name}/`)));
  const compiled = [
    // One after the other, as each needs the declarations of those before it; and anew, as an unchanged file keeps its
    // declarations where they spell out a type that it infers from a package that changed.
    ["-b", "--force", "--builders", "1", ...all.flatMap((name) => projectsOf(folder, `packages/${name}`))],
    ...touched.map((name) => ["-p", `packages/${name}/tsconfig.test.json`]),
  ].map((words) => run(tsc, words, folder));
  const bundled = all
    .map((name) => join(folder, "packages", name))
    .filter((one) => buildScript(one).includes("bundle-for-node"))
    .map((one) => run(bundle, [], one));
  return [...compiled, ...bundled].map(({ stdout, stderr }) => stdout + stderr).join("");
}

const buildScript = (folder: string): string =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).scripts.build;

/** What the package's own script compiles. */
function projectsOf(folder: string, name: string): readonly string[] {
  return /tsc -b ([^&]+)/
    .exec(buildScript(join(folder, name)))![1]!
    .trim()
    .split(" ")
    .map((file) => join(name, file));
}

/** Runs tests of the copy: how many passed, and everything that vitest said where one did not. */
export function test(folder: string, { folder: where, arguments: words }: Run) {
  const vitest = "node_modules/vitest/vitest.mjs";
  const { status, stdout, stderr } = run(vitest, ["run", ...words, "--reporter=json"], join(folder, where));
  const { numPassedTests: passed = 0 } = stdout.startsWith("{") ? JSON.parse(stdout) : {};
  return { passed, complaints: status === 0 ? "" : stdout + stderr };
}

const run = (program: string, words: readonly string[], cwd: string): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [program, ...words], { cwd, encoding: "utf8" });
