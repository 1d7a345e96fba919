import { progress } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import type { Trainer } from "../context.js";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { jsonLines } from "../fixtures/json-lines.js";
import { FakeSignals, runInProcess } from "../fixtures/run-in-process.js";
import { visibleLine } from "../terminal/visible.js";

describe("predict", () => {
  it("names what it can read, reports the rest and exits with 1", async () => {
    const argv = ["predict", "a.jpg", "broken.jpg", "b.jpg"];
    const { exitCode, stdout, stderr } = await runInProcess(argv, { trainer: fakeTrainer() });
    expect(exitCode).toBe(1);
    expect(stdout.match(/^\S+\.jpg$/gm)).toEqual(["a.jpg", "b.jpg"]);
    expect(stderr).toBe(
      "error: broken.jpg is not a photo that can be read.\nerror: 1 of 3 photos could not be classified.\n",
    );
  });
  it("shows control characters of photos' names, and sends none to the terminal or into a pipe", async () => {
    const photo = "a\u001b[2J\r\n\u202e.jpg";
    const run = (...options: readonly string[]) =>
      runInProcess(["predict", photo, "broken\u009b1m.jpg", ...options], { trainer: fakeTrainer() });
    const { stdout, stderr } = await run();
    expect(stdout).toContain("a␛[2J␍␊<U+202E>.jpg\n");
    expect(stderr).toContain("error: broken<U+009B>1m.jpg is not a photo that can be read.\n");
    const json = await run("--json");
    expect(jsonLines(json.stdout)[0]).toMatchObject({ photo });
    expect(visibleLine(json.stdout.replaceAll("\n", ""))).toBe(json.stdout.replaceAll("\n", ""));
  });
  it("prints a line of JSON for each photo", async () => {
    const { exitCode, stdout } = await runInProcess(["predict", "a.jpg", "b.jpg", "--json"], {
      trainer: fakeTrainer(),
    });
    expect(exitCode).toBe(0);
    expect(jsonLines(stdout).map(({ photo }) => photo)).toEqual(["a.jpg", "b.jpg"]);
  });

  it("writes a table in which photos that cannot be read are rows, and fails only where all are such", async () => {
    const trainer = fakeTrainer();
    const run = (...argv: readonly string[]) => runInProcess(["predict", ...argv], { trainer });
    const some = await run("a.jpg", "broken.jpg", "--out", "labels.parquet", "--top-k", "5");
    expect(some).toMatchObject({ exitCode: 0, stderr: "" });
    expect(some.stdout).toBe(
      "2 photos:\n/table/labels.parquet\nwarning: 1 photo could not be read: the column error says why.\n",
    );
    expect(trainer.calls.at(-1)).toMatchObject({
      method: "predictToFile",
      options: { run: "runs/latest-one", photos: ["a.jpg", "broken.jpg"], out: "labels.parquet", topK: 5 },
    });
    const all = await run("broken.jpg", "--out", "labels.csv");
    expect(all).toMatchObject({ exitCode: 1, stderr: "error: None of 1 photo could be read.\n" });
    const listed = await run("--list", "photos.txt", "--out", "labels.csv", "--bundle", "flowers", "--json");
    expect(jsonLines(listed.stdout)).toEqual([{ file: "/table/labels.csv", photos: 8, unreadable: 0 }]);
    const { options } = trainer.calls.at(-1)!;
    expect(options).toMatchObject({ bundle: "flowers", list: "photos.txt" });
    expect(options).not.toHaveProperty("photos");
    expect(options).not.toHaveProperty("run");
  });

  it.each([
    ["--list photos.txt", "'--list' needs '--out'."],
    ["a.jpg --force", "'--force' needs '--out'."],
    ["a.jpg --list photos.txt --out labels.csv", "'--list' cannot be given with photos."],
    ["--out labels.csv", "The argument 'photo' is missing."],
    ["", "The argument 'photo' is missing."],
  ])("refuses '%s'", async (line, message) => {
    const argv = ["predict", ...line.split(" ").filter((word) => word !== "")];
    const { exitCode, stderr } = await runInProcess(argv, { trainer: fakeTrainer() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error: ${message}\n`);
  });

  it("says how a table that was interrupted is continued", async () => {
    const signals = new FakeSignals();
    const trainer: Trainer = {
      ...fakeTrainer(),
      async *predictToFile({ signal }) {
        yield progress("predicting", 0, 8, "photos");
        signals.send("SIGINT");
        signal?.throwIfAborted();
        return { file: "", photos: 0, unreadable: 0 };
      },
    };
    const { exitCode, stderr } = await runInProcess(["predict", "a.jpg", "--out", "a.csv"], {
      trainer,
      signals,
    });
    expect(exitCode).toBe(130);
    expect(stderr).toBe("Stopped: the same command continues.\n");
  });
});
