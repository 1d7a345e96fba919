// Builds tfjs-node's addon against a libtensorflow: two source files, which need no change.
import { promises as fs } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { installError } from "@fleuron/installer";
import { findCompiler, runProgram } from "@fleuron/machine";
import type { ProgressEvent } from "@fleuron/model";
import { progress } from "@fleuron/model";
import { type Installation, NODE_API_VERSION } from "./installation.js";

export const COMPILER_HINT =
  "Install one: 'apt install g++' on Debian and Ubuntu, 'dnf install gcc-c++' on Fedora, 'apk add g++' on Alpine.";

/** @throws FleuronError "program-missing" without a C++ compiler. */
export async function requireCompiler(): Promise<string> {
  const compiler = await findCompiler();
  if (compiler !== undefined) return compiler;
  throw installError("program-missing", "There is no C++ compiler: none of c++, g++ and clang++ was found.", {
    subject: "c++",
    hint: COMPILER_HINT,
  });
}

const NODE_HEADERS = path.join(
  path.dirname(createRequire(import.meta.url).resolve("node-api-headers/package.json")),
  "include",
);

/**
 * The addon finds its libraries relative to itself, so that its folder may be moved.
 *
 * @throws FleuronError "program-failed"; "library-unfit" where libtensorflow lacks functions that it calls.
 */
export async function* compileAddon(
  { npmPackage, include, libraries, addon }: Installation,
  { compiler, signal }: { readonly compiler: string; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<ProgressEvent, void> {
  const task = "compiling the addon";
  yield progress(task, 0, 1, "addon");
  await fs.mkdir(path.dirname(addon), { recursive: true });
  const names = (await fs.readdir(libraries)).filter((name) => name.endsWith(".so.2")).sort();
  const { stderr } = await runProgram(
    compiler,
    [
      ...["-std=c++17", "-O2", "-fPIC", "-shared", "-w", `-DNAPI_VERSION=${NODE_API_VERSION}`],
      ...[`-I${NODE_HEADERS}`, `-I${include}`, "-I.."],
      ...["binding/tfjs_backend.cc", "binding/tfjs_binding.cc"],
      ...[`-L${libraries}`, ...names.map((name) => `-l:${name}`), "-Wl,-rpath,$ORIGIN/../../deps/lib"],
      // Node itself has the functions of its interface: what else is missing stands among the warnings.
      ...["-Wl,--no-undefined", "-Wl,--warn-unresolved-symbols"],
      ...["-o", addon],
    ],
    { cwd: npmPackage, task: "compile the addon", signal, env: { LC_ALL: "C" } },
  );
  const missing = /undefined (?:reference to|symbol:) [`']?(TFE?_\w+)/.exec(stderr)?.[1];
  if (missing !== undefined) {
    throw installError("library-unfit", `libtensorflow has no function ${missing}, which tfjs-node calls.`, {
      subject: libraries,
      hint: "Take libtensorflow 2.21, which installing without `from` gives.",
    });
  }
  yield progress(task, 1, 1, "addon");
}
