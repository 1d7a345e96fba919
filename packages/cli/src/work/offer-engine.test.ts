import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { runInProcess } from "../fixtures/run-in-process.js";
import { GPU_OFFER } from "../fixtures/trainer-answers.js";
import { Interruption } from "../interruption.js";
import { askYesOrNo } from "../terminal/ask.js";

const INSTALL = "pnpm fleuron engine install tfjs-node-gpu";

/** @param reply what the reader says; undefined where nobody could. */
async function train(line: string, reply?: boolean, gpu = true) {
  const trainer = fakeTrainer({ gpu });
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return reply === true;
  };
  const argv = ["train", "--data", "photos", ...line.split(" ").filter(Boolean)];
  const result = await runInProcess(argv, { trainer, ...(reply !== undefined && { ask }) });
  return { ...result, questions, methods: trainer.calls.map(({ method }) => method) };
}

it("installs the engine of an idle GPU when the reader says yes, and then trains", async () => {
  const { questions, methods, stderr } = await train("", true);
  expect(stderr).toContain("There is a GPU (NVIDIA A10, 23028 MiB)");
  expect(questions).toEqual([expect.stringMatching(/3\.4 GB to fetch/)]);
  expect(methods).toEqual(["installEngine", "train"]);
});

it("trains without it when the reader says no", async () => {
  expect((await train("", false)).methods).toEqual(["train"]);
});

it("names the command on standard error where nobody can answer", async () => {
  const { stdout, stderr, methods } = await train("");
  expect(stderr).toContain(`To install it: ${INSTALL}\n`);
  expect(stdout).not.toContain(INSTALL);
  expect(methods).toEqual(["train"]);
});

it("names the command, and does not ask, where something else is to be installed first", async () => {
  const command = `sudo apt install g++, then ${INSTALL}`;
  const trainer = {
    ...fakeTrainer(),
    gpuEngineOffer: async () => ({ ...GPU_OFFER, command, atOnce: false }),
  };
  const ask = async () => expect.unreachable();
  const { stderr } = await runInProcess(["train", "--data", "photos"], { trainer, ask });
  expect(stderr).toContain(`To install it: ${command}\n`);
});

it.each(["--json", "--engine onnx-cpu"])("offers nothing with %s", async (line) => {
  const { stderr, questions } = await train(line, true);
  expect(stderr).toBe("");
  expect(questions).toEqual([]);
});

it("offers nothing without a GPU", async () => {
  expect(await train("", true, false)).toMatchObject({ stderr: "", questions: [], methods: ["train"] });
});

it.each([
  ["y\n", true],
  ["Yes\n", true],
  ["\n", false],
  ["n\n", false],
  ["yellow\n", false],
])("takes %j for %s", async (typed, expected) => {
  const input = new PassThrough();
  input.write(typed);
  expect(await askYesOrNo("Now?", { input, output: new PassThrough() })).toBe(expected);
});

it("takes the end of the input for no, and Ctrl-C for an interruption", async () => {
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  const ended = new PassThrough();
  ended.end();
  expect(await askYesOrNo("Now?", { input: ended, output })).toBe(false);
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const asked = askYesOrNo("Now?", { input, output });
  input.write("\x03");
  await expect(asked).rejects.toBeInstanceOf(Interruption);
});
