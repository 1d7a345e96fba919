import { expect, it } from "vitest";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { runInProcess } from "../fixtures/run-in-process.js";

it("lists the layers of a run's network, and how many of its parameters learn", async () => {
  const trainer = fakeTrainer();
  const { exitCode, stdout } = await runInProcess(["summary", "--run", "runs/a"], { trainer });
  expect(exitCode).toBe(0);
  expect(trainer.calls).toEqual([{ method: "summariseRun", options: { run: "runs/a" } }]);
  expect(stdout).toMatch(/^\/head\/Gemm +matMul +5 +20,485$/m);
  expect(stdout).toMatch(/^trainable +20,485$/m);
});

it.each([
  [["--run", "runs/a", "model.onnx"], "A file cannot be heeded: a run has its own network"],
  [["--run", "runs/a", "--width", "2"], "'--width' cannot be heeded: a run has its own network"],
  [["--run", "runs/a", "--image-size", "99"], "'--image-size' cannot be heeded: a run has its own network"],
  [["--run", "runs/a", "--classes", "77"], "'--classes' cannot be heeded: a run has its own network"],
  [["--run", "runs/a", "--input", "t=1"], "'--input' cannot be heeded: a run has its own network"],
  [["model.onnx", "--classes", "77"], "'--classes' cannot be heeded: a file has its own network"],
  [["--input", "t=1"], "'--input' cannot be heeded: a network of the table has no input but the image"],
])("does not take %j", async (given, message) => {
  const { exitCode, stderr } = await runInProcess(["summary", ...given], { trainer: fakeTrainer() });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
