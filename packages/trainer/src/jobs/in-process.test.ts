// Jobs in a process of their own, on the built package.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inProcess } from "../../dist/jobs/in-process.js";
import { runJob } from "../../dist/jobs/run-job.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-jobs-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const WORDS = "I0000 port.cc:153] custom operations are on";
const PARENT = fileURLToPath(new URL("../fixtures/job-parent.mjs", import.meta.url));

function parentOf(job: string, options: object, env: { readonly [name: string]: string } = {}) {
  const child = spawn(process.execPath, [PARENT, job, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return { child, lines: createInterface({ input: child.stdout }), errors: () => errors };
}

async function linesOf(job: string, options: object, env?: { readonly [name: string]: string }) {
  const { child, lines, errors } = parentOf(job, options, env);
  const closed = once(child, "close");
  const told: unknown[] = [];
  for await (const line of lines) told.push(JSON.parse(line));
  await closed;
  return { told, errors: errors() };
}

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a job in a process of its own", () => {
  it("answers with its events and its result, and writes nothing to the terminal", async () => {
    const { told, errors } = await linesOf("talk", { words: WORDS });
    expect(told).toEqual([
      { pid: expect.any(Number) },
      { result: { numbers: { 0: 1, 1: 2 }, infinite: null } },
    ]);
    expect(errors).toBe("");
  });

  it("lets its library be heard where somebody asks for it", async () => {
    const { errors } = await linesOf("talk", { words: WORDS }, { FLEURON_TEST_LOG: "0" });
    expect(errors).toContain(WORDS);
  });

  it("throws the job's own error", async () => {
    const { told } = await linesOf("fail", {});
    expect(told.at(-1)).toEqual({ code: "loss-not-finite", message: "The loss became NaN." });
  });

  it.skipIf(process.platform === "win32")(
    "says how it ended without a result, and its last words",
    async () => {
      const { told, errors } = await linesOf("die", { words: "bad_alloc" });
      expect(told.at(-1)).toMatchObject({
        code: "engine-ended",
        message: expect.stringMatching(/^The engine's process ended by itself with SIGKILL: .*bad_alloc/),
        hint: expect.stringContaining("`batchSize`"),
      });
      expect(errors).toBe("");
    },
  );

  it("ends in good order when it is asked to, and heeds no signal of the terminal", async () => {
    const controller = new AbortController();
    const start = inProcess("FLEURON_TEST_LOG", new URL("../fixtures/job-process.mjs", import.meta.url));
    const options = { file: join(folder, "asked") };
    const events = runJob("wait" as never, options as never, controller.signal, start);
    let pid = 0;
    for (let seen = 0; ; seen++) {
      const { done, value } = await events.next();
      if (done) {
        expect(value).toEqual({ stopped: true });
        break;
      }
      ({ pid } = value as unknown as { pid: number });
      if (seen === 0 && process.platform !== "win32")
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.kill(pid, signal);
      if (seen === 5) controller.abort();
    }
    expect(isThere(pid)).toBe(false);
  });

  it("ends with its parent, whatever ended that", async () => {
    const file = join(folder, "orphan");
    const { child, lines } = parentOf("wait", { file });
    const exit = once(child, "exit");
    let pid = 0;
    for await (const line of lines) {
      ({ pid } = JSON.parse(line));
      break;
    }
    child.kill("SIGKILL");
    await exit;
    while (isThere(pid)) await sleep(20);
    const written = await readFile(file);
    await sleep(50);
    expect(await readFile(file)).toEqual(written);
  });
});
