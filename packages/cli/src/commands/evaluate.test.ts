import { describe, expect, it } from "vitest";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { jsonLines } from "../fixtures/json-lines.js";
import { runInProcess } from "../fixtures/run-in-process.js";

describe("evaluate", () => {
  it("prints one line with --json, warnings going to standard error", async () => {
    const { stdout, stderr } = await runInProcess(["evaluate", "--json"], { trainer: fakeTrainer() });
    expect(jsonLines(stdout).map(Object.keys)).toEqual([
      [
        ...["accuracy", "loss", "count", "confusion", "perClass", "labels"],
        ...["temperature", "reliability", "tta", "rejection"],
        ...["source", "part", "learntFrom"],
      ],
    ]);
    expect(stderr).toBe("warning: Skipped 1 unreadable photo: a.jpg.\n");
  });
  it("takes the latest run, and leaves its weights and its photos to the trainer", async () => {
    const trainer = fakeTrainer();
    await runInProcess(["evaluate"], { trainer });
    const signal = expect.any(AbortSignal);
    expect(trainer.calls).toEqual([{ method: "evaluate", options: { run: "runs/latest-one", signal } }]);
  });
  it("averages the views that are asked for", async () => {
    const trainer = fakeTrainer();
    const { stdout } = await runInProcess(["evaluate", "--tta", "ten-crop"], { trainer });
    expect(trainer.calls[0]!.options).toMatchObject({ tta: "ten-crop" });
    expect(stdout).toContain("ten views of each photo");
  });
  it("takes a part, and says that these are its photos", async () => {
    const trainer = fakeTrainer();
    const { stdout } = await runInProcess(["evaluate", "--part", "test"], { trainer });
    expect(trainer.calls[0]!.options).toMatchObject({ part: "test" });
    expect(stdout).toContain("They are those of test/, which the run has set aside.");
    expect(stdout).toContain("always naming daisy would give 62.5%");
    const refused = await runInProcess(["evaluate", "--bundle", "b", "--part", "test"], { trainer });
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining("'--part'")]);
  });
  it("refuses views that it does not know", async () => {
    const { exitCode, stderr } = await runInProcess(["evaluate", "--tta", "flips"], {
      trainer: fakeTrainer(),
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Did you mean 'flip'? Views: none, flip, ten-crop.");
  });
});
