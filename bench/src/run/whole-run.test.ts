import { expect, it } from "vitest";
import { wholeRun } from "./whole-run.js";

const start = {
  type: "run",
  trainCount: 8,
  valCount: 2,
  parameters: 5,
  engine: { versions: { library: "1.2" } },
};
const line = (message: object) => `console.log(${JSON.stringify(JSON.stringify(message))});`;
const trained = (...script: readonly string[]) => trainedBy(() => performance.now(), script);
const trainedBy = (now: () => number, script: readonly string[]) =>
  wholeRun(
    process.execPath,
    ["--input-type=module", "--eval", script.join("\n")],
    { FLEURON_CACHE: "/nowhere" },
    now,
  );

it("times the first epoch from the start of the process, and each later one from the one before", async () => {
  const epoch = line({ type: "epoch", loss: 1, accuracy: 0.5 });
  const times = [1000, 1010, 1020, 1070, 1370, 1470][Symbol.iterator]();
  const run = await trainedBy(
    () => times.next().value!,
    [line({ type: "progress", completed: 1 }), line(start), ...[epoch, epoch, epoch]],
  );
  expect(run).toMatchObject({ trainCount: 8, valCount: 2, parameters: 5, versions: { library: "1.2" } });
  expect(run).toMatchObject({ coldMs: 70, warmMs: [300, 100] });
});

it("gives a contender its environment", async () => {
  const epoch = 'console.log(JSON.stringify({ type: "epoch", loss: process.env.FLEURON_CACHE.length }));';
  expect((await trained(line(start), epoch)).warmMs).toEqual([]);
});

it.each([
  ["ended with code 3: it broke", 'console.error("it broke"); process.exit(3);'],
  ["its loss is no number", line(start) + line({ type: "epoch", loss: null })],
  ["finished no epoch", line(start)],
])("fails where %s", async (message, script) => {
  await expect(trained(script)).rejects.toThrow(message);
});
