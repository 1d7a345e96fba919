// Child processes that train, and are killed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, cp, rm, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { randomStream } from "@fleuron/model";
import { follow } from "@fleuron/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { resume, train } from "../../dist/index.js";
import { expectSameRun, type Lab, lossesOf, openLab, recordOf, small } from "../fixtures/lab.js";

const CHILD = fileURLToPath(new URL("../fixtures/child.mjs", import.meta.url));
const KILLS = 4;
/** The seed of the moments; `pnpm test:faults` draws others. */
const SEED = 1;

let lab: Lab;
let data: string;
let reference: string;
const options = () =>
  ({ ...small, data, batchSize: 2, checkpointEvery: { unit: "steps", steps: 1 } }) as const;

beforeAll(async () => {
  lab = await openLab();
  data = await lab.photos("photos", { perClass: 25 });
  reference = lab.path("reference");
  await follow(train({ ...options(), out: reference }));
});
afterAll(() => lab[Symbol.asyncDispose]());

/** Kills the child so many milliseconds after it has reported so many events of a type. Says how it ended. */
async function killed(
  command: "train" | "resume",
  given: object,
  after: { type: string; count: number; ms: number },
) {
  const child = spawn(process.execPath, [CHILD, command, JSON.stringify(given)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  let left = after.count;
  for await (const type of createInterface({ input: child.stdout })) {
    if (type !== after.type || --left > 0) continue;
    await sleep(after.ms);
    child.kill("SIGKILL");
    break;
  }
  const [, signal] = await exit;
  return signal;
}

it(`ends as if it had never been killed, killed ${KILLS} times at moments of seed ${SEED} with a checkpoint after each step`, {
  timeout: 300_000,
}, async () => {
  const out = lab.path("killed");
  const moments: string[] = [];
  const random = randomStream(SEED, "sample", 0, 0);
  for (let kill = 0; kill < KILLS; kill++) {
    const after = { type: "step", count: 1 + random.integer(6), ms: random.uniform() * 30 };
    moments.push(`step ${after.count} + ${after.ms.toFixed(1)} ms`);
    const begin = kill === 0;
    const how = await killed(
      begin ? "train" : "resume",
      begin ? { ...options(), out } : { run: out, checkpointEvery: options().checkpointEvery },
      after,
    );
    expect(how, moments.join(", ")).toBe("SIGKILL");
    expect(await recordOf(out)).toMatchObject({ status: "running" });
  }
  const { events } = await follow(resume({ run: out, skipReport: true }));
  expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed", epoch: 3 });
  await expectSameRun(out, reference, moments.join(", "));
});

it("begins again when it is killed before its first checkpoint", async () => {
  const out = lab.path("killed-early");
  expect(await killed("train", { ...options(), out }, { type: "run", count: 1, ms: 0 })).toBe("SIGKILL");
  await follow(resume({ run: out, skipReport: true }));
  await expectSameRun(out, reference);
});

it("begins again when it is killed between its first line of metrics and its first checkpoint", async () => {
  const out = lab.path("killed-between");
  const whole = { ...options(), checkpointEvery: { unit: "minutes", minutes: 9 } };
  expect(await killed("train", { ...whole, out }, { type: "epoch", count: 1, ms: 0 })).toBe("SIGKILL");
  expect(await recordOf(out)).toMatchObject({ status: "running", best: { epoch: 1 } });
  await rm(`${out}/last.safetensors`, { force: true });
  await appendFile(`${out}/metrics.jsonl`, '{"epoch":2,"loss"');
  await follow(resume({ run: out, skipReport: true }));
  await expectSameRun(out, reference);
});

it("says what it had reached when it is killed after its last checkpoint, and resumed", async () => {
  const out = lab.path("killed-late");
  await cp(reference, out, { recursive: true });
  const before = await recordOf(out);
  const asKilled = { ...before, status: "running", finished: null, best: null, final: null };
  await writeFile(`${out}/run.json`, JSON.stringify(asKilled));
  const { events } = await follow(resume({ run: out, skipReport: true }));
  expect(events.at(-1)).toMatchObject({ type: "end", reason: "completed", best: before.best });
  expect(await recordOf(out)).toMatchObject({ status: "completed", best: before.best, final: before.final });
  expect(await lossesOf(out)).toEqual(await lossesOf(reference));
  expect(existsSync(`${out}/lock`)).toBe(false);
});
