import { FleuronError } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { fakeTrainer } from "./fixtures/fake-trainer.js";
import { jsonLines } from "./fixtures/json-lines.js";
import { runInProcess } from "./fixtures/run-in-process.js";

describe("an error of the trainer", () => {
  const broken = () => {
    const trainer = fakeTrainer();
    trainer.train = () => {
      throw new FleuronError("dataset-empty", "There is no photo in p.", { subject: "p", hint: "Add some." });
    };
    return trainer;
  };
  it("is shown with its hint and without its stack", async () => {
    const { exitCode, stderr } = await runInProcess(["train", "--data", "p"], { trainer: broken() });
    expect(exitCode).toBe(1);
    expect(stderr).toBe("error: There is no photo in p.\nhint: Add some.\n");
  });
  it("shows its stack with --verbose", async () => {
    const { stderr } = await runInProcess(["train", "--data", "p", "--verbose"], { trainer: broken() });
    expect(stderr).toMatch(/\n\s+at /);
  });
  it("is a line on standard output, too, with --json", async () => {
    const { stdout } = await runInProcess(["train", "--data", "p", "--json"], { trainer: broken() });
    expect(jsonLines(stdout)).toEqual([
      {
        type: "error",
        code: "dataset-empty",
        kind: "internal",
        message: "There is no photo in p.",
        subject: "p",
        hint: "Add some.",
      },
    ]);
  });
});
