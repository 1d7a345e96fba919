import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findCompiler } from "./find-compiler.js";
import { findProgram, runProgram } from "./program.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-programs-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, mode: number): Promise<string> {
  const file = join(folder, path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, "#!/bin/sh\nexit 0\n");
  await chmod(file, mode);
  return file;
}

describe("findProgram", () => {
  it("takes the first name that is in a folder of the search path, as a shell does", async () => {
    const second = await put("b/g++", 0o755);
    await put("a/clang++", 0o755);
    const path = [join(folder, "a"), join(folder, "b")].join(delimiter);
    expect(await findProgram(["g++", "clang++"], path)).toBe(second);
  });

  it("passes over what cannot be executed, and folders", async () => {
    await put("a/g++", 0o644);
    await mkdir(join(folder, "b/g++"), { recursive: true });
    const path = [join(folder, "a"), join(folder, "b"), ""].join(delimiter);
    expect(await findProgram(["g++"], path)).toBeUndefined();
  });

  it("takes a name with a slash as a path", async () => {
    const file = await put("a/cc", 0o755);
    expect(await findProgram([file], "")).toBe(file);
  });

  it("finds a compiler by its usual names", async () => {
    const file = await put("a/clang++", 0o755);
    expect(await findCompiler(join(folder, "a"))).toBe(file);
  });
});

describe("runProgram", () => {
  const node = (script: string, signal?: AbortSignal) =>
    runProgram(process.execPath, ["-e", script], { task: "say something", signal });

  it("gives what a program wrote", async () => {
    expect(await node("console.log('out'); console.error('err')")).toEqual({
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  it("says what failed, with the last lines that it wrote", async () => {
    const lines = "for (let i = 1; i <= 20; i++) console.error('line ' + i); process.exit(3)";
    const failure = await node(lines).catch((error: Error) => error);
    expect(failure).toMatchObject({
      code: "program-failed",
      message: expect.stringContaining("could not say something: line 9\n"),
    });
    expect((failure as Error).message).toMatch(/line 20$/);
  });

  it("rejects with the signal's reason", async () => {
    const reason = new Error("enough");
    await expect(node("setTimeout(() => {}, 60000)", AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
