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

it.each([["model.onnx"], ["--width", "2"], ["--image-size", "99"]])("takes a run or %s", async (...given) => {
  const { exitCode, stderr } = await runInProcess(["summary", "--run", "runs/a", ...given], {
    trainer: fakeTrainer(),
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("the run has its own");
});
