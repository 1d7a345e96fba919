import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { randomStream } from "@fleuron/model";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireLock } from "../dist/lock.js";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-lock-"));
  file = join(folder, "lock");
});
afterEach(() => rm(folder, { recursive: true }));

const owner = {
  id: "someone",
  pid: process.pid,
  processStart: null as string | null,
  host: hostname(),
  since: "2026-01-01T00:00:00.000Z",
};
const DEAD_PID = 2 ** 22 + 1;
const write = (changes: Partial<typeof owner>) => writeFile(file, JSON.stringify({ ...owner, ...changes }));
const pidInLock = async (): Promise<unknown> => JSON.parse(await readFile(file, "utf8")).pid;

describe("acquireLock", () => {
  it("holds the folder until it is disposed, and leaves nothing then", async () => {
    const lock = await acquireLock(folder);
    expect(await pidInLock()).toBe(process.pid);
    await expect(acquireLock(folder)).rejects.toMatchObject({ code: "run-in-use" });
    await lock[Symbol.asyncDispose]();
    expect(await readdir(folder)).toEqual([]);
  });

  it("names the living process that holds the folder", async () => {
    await write({});
    await expect(acquireLock(folder)).rejects.toMatchObject({
      code: "run-in-use",
      subject: folder,
      message: `${folder} is in use by process ${process.pid} since 2026-01-01T00:00:00.000Z.`,
    });
  });

  it("says what to do where the number may be another program's by now", async () => {
    await write({ processStart: null });
    await expect(acquireLock(folder)).rejects.toMatchObject({
      hint: expect.stringMatching(/Wait until it ends, .* If it is another program, delete .*lock\.$/),
    });
  });

  it("does not judge a process of another machine", async () => {
    await write({ host: "elsewhere", pid: DEAD_PID });
    await expect(acquireLock(folder)).rejects.toMatchObject({
      code: "run-in-use",
      message: expect.stringContaining("on elsewhere"),
      hint: expect.stringContaining("delete"),
    });
  });

  it("takes over the lock of a process that lives no more", async () => {
    await write({ pid: DEAD_PID });
    const lock = await acquireLock(folder);
    expect(await pidInLock()).toBe(process.pid);
    expect(await readdir(folder)).toEqual(["lock"]);
    await lock[Symbol.asyncDispose]();
  });

  it("takes over when somebody died while taking over", async () => {
    await write({ pid: DEAD_PID });
    await writeFile(
      `${file}.takeover-${owner.id}`,
      JSON.stringify({ ...owner, id: "second", pid: DEAD_PID }),
    );
    const lock = await acquireLock(folder);
    expect(await readdir(folder)).toEqual(["lock"]);
    await lock[Symbol.asyncDispose]();
  });

  it.skipIf(!existsSync("/proc/self/stat"))("takes over when the process id was given anew", async () => {
    await write({ processStart: "an earlier boot/1" });
    const lock = await acquireLock(folder);
    await lock[Symbol.asyncDispose]();
  });

  it("waits for an owner's name before it takes over an empty lock", async () => {
    await writeFile(file, "");
    const start = performance.now();
    const lock = await acquireLock(folder);
    expect(performance.now() - start).toBeGreaterThan(900);
    await lock[Symbol.asyncDispose]();
  });

  it.each([
    ["an id that is no file's name", { id: "../someone" }],
    ["a process that there cannot be", { pid: 0 }],
  ])("takes over a lock with %s, which no process has written", async (_, changes) => {
    await write(changes);
    const lock = await acquireLock(folder);
    expect(await readdir(folder)).toEqual(["lock"]);
    await lock[Symbol.asyncDispose]();
  });

  it("takes over a lock that is a link to nowhere", async () => {
    await symlink(join(folder, "gone"), file);
    const lock = await acquireLock(folder);
    expect(await pidInLock()).toBe(process.pid);
    expect(await readdir(folder)).toEqual(["lock"]);
    await lock[Symbol.asyncDispose]();
    expect(await readdir(folder)).toEqual([]);
  });

  it("leaves a lock alone that somebody else took meanwhile", async () => {
    const lock = await acquireLock(folder);
    await write({ id: "other" });
    await lock[Symbol.asyncDispose]();
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ id: "other" });
  });

  it.each([
    ["a free folder", () => Promise.resolve()],
    ["the folder of a dead process", () => write({ pid: DEAD_PID })],
  ])("lets exactly one of many callers have %s", async (_, prepare) => {
    for (let round = 0; round < 30; round++) {
      await prepare();
      const results = await Promise.allSettled(Array.from({ length: 8 }, acquireSoon));
      const won = results.filter((result) => result.status === "fulfilled");
      expect(won).toHaveLength(1);
      expect(await pidInLock()).toBe(process.pid);
      await won[0]!.value[Symbol.asyncDispose]();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it("lets exactly one of several processes have the folder of a dead one", { timeout: 20_000 }, async () => {
    await write({ pid: DEAD_PID });
    const racers = Array.from({ length: 4 }, () => racer());
    await Promise.all(racers.map(({ ready }) => ready));
    for (const { child } of racers) child.stdin.write("go");
    const answers = await Promise.all(racers.map(({ answer }) => answer()));
    expect(answers.sort()).toEqual(["run-in-use", "run-in-use", "run-in-use", "won"]);
    for (const { child } of racers) child.kill("SIGKILL");
    await Promise.all(racers.map(({ child }) => once(child, "exit")));
    const lock = await acquireLock(folder);
    await lock[Symbol.asyncDispose]();
  });
});

const random = randomStream(1, "sample", 0, 0);

/** At some moment of the time that another one takes for it. */
async function acquireSoon(): Promise<AsyncDisposable> {
  await sleep(random.uniform() * 4);
  return acquireLock(folder);
}

/** A process that takes the lock when told, answers, and keeps what it got. */
function racer() {
  const url = new URL("../dist/lock.js", import.meta.url).href;
  const script = `
    import { acquireLock } from "${url}";
    process.stdin.once("data", () =>
      acquireLock(${JSON.stringify(folder)}).then(
        () => process.stdout.write("won"),
        (error) => process.stdout.write(error.code ?? String(error)),
      ),
    );
    process.stdout.write("ready");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answer = async () => String((await once(child.stdout, "data"))[0]);
  return { child, ready: answer(), answer };
}
