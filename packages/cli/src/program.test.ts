import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

describe("a command line", () => {
  it.each([
    [["demo", "--host", ""], "'--host' must not be empty.", "host"],
    [["export", "--out", ""], "'--out' must not be empty.", "out"],
    [["compare", "runs/a", ""], "'<run>' must not be empty.", "<run>"],
    [["new", ""], "'<dir>' must not be empty.", "<dir>"],
  ])("with nothing where a value stands is refused: %j", async (argv, message, subject) => {
    const { exitCode, stdout } = await runInProcess([...argv, "--json"], { trainer: fakeTrainer() });
    expect(exitCode).toBe(2);
    expect(jsonLines(stdout)).toMatchObject([{ code: "option-invalid", message, subject }]);
  });

  it("names a command that is not one as it was typed", async () => {
    expect((await runInProcess(["it's mine"], { trainer: fakeTrainer() })).stderr).toContain(
      "Unknown command 'it's mine'.",
    );
  });

  it("has no flags after --", async () => {
    const { exitCode, stdout } = await runInProcess(["predict", "--bogus", "--", "--json"], {
      trainer: fakeTrainer(),
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  it("says which option takes a run or a bundle that stands alone", async () => {
    const lab = await mkdtemp(join(tmpdir(), "fleuron-usage-"));
    try {
      for (const [name, file] of [
        ["run", "run.json"],
        ["bundle", "fleuron.json"],
        ["photos", "rose.jpg"],
      ]) {
        await mkdir(join(lab, name!));
        await writeFile(join(lab, name!, file!), "");
      }
      const hint = async (...argv: string[]) => (await runInProcess(argv, { trainer: fakeTrainer() })).stderr;
      expect(await hint("export", join(lab, "run"))).toContain(`Did you mean '--run ${join(lab, "run")}'?`);
      expect(await hint("verify", join(lab, "bundle"))).toContain("Did you mean '--bundle ");
      expect(await hint("evaluate", join(lab, "photos"))).toContain("Did you mean '--data ");
      expect(await hint("demo", join(lab, "photos"))).not.toContain("Did you mean");
    } finally {
      await rm(lab, { recursive: true });
    }
  });
});
