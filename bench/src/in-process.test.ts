import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { inProcess } from "./in-process.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-in-process-"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs a module of that text, which is given `{ steps: 2 }`. */
async function run(text: string): Promise<unknown> {
  await writeFile(join(folder, "module.js"), text);
  const module = join(relative(import.meta.dirname, folder), "module").replaceAll("\\", "/");
  return inProcess(module, { steps: 2 });
}

const REPORT = "await new Promise((sent) => process.send(JSON.parse(process.argv[2]), sent));";

it("gives what a process reports", async () => {
  expect(await run(REPORT)).toEqual({ steps: 2 });
});

it.each([
  ["ended with code 3", `${REPORT} process.exit(3);`],
  ["ended with SIGKILL", `${REPORT} process.kill(process.pid, "SIGKILL");`],
  ["ended without a result", ""],
])("rejects where it %s", async (message, text) => {
  await expect(run(text)).rejects.toThrow(message);
});
