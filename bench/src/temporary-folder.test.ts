import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";

const module = JSON.stringify(new URL("../dist/temporary-folder.js", import.meta.url).href);

/** A process that has made a folder, and goes on with `then`. */
async function withFolder(then: string) {
  const script = `
    import { writeFileSync } from "node:fs";
    import { temporaryFolder } from ${module};
    const made = await temporaryFolder("test");
    writeFileSync(made.folder + "/file", "");
    console.log(made.folder);
    ${then}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "exit") as Promise<[code: number | null]>;
  const [folder] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, ended, folder };
}

it.each([
  ["is disposed of", "await made[Symbol.asyncDispose]();", 0],
  ["ends", "process.exit(2);", 2],
  ["breaks", 'throw new Error("broken");', 1],
])("a temporary folder goes with what %s", async (_, then, code) => {
  const { ended, folder } = await withFolder(then);
  expect(await ended).toEqual([code, null]);
  expect(existsSync(folder)).toBe(false);
});

it.skipIf(process.platform === "win32").each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("a temporary folder goes where %s ends the process", async (signal, code) => {
  const { child, ended, folder } = await withFolder("setInterval(() => undefined, 1000);");
  expect(existsSync(folder)).toBe(true);
  child.kill(signal);
  expect(await ended).toEqual([code, null]);
  expect(existsSync(folder)).toBe(false);
});
