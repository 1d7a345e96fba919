import { describe, expect, it } from "vitest";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { jsonLines } from "../fixtures/json-lines.js";
import { runInProcess } from "../fixtures/run-in-process.js";

describe("predict", () => {
  it("names what it can read, reports the rest and exits with 1", async () => {
    const argv = ["predict", "a.jpg", "broken.jpg", "b.jpg"];
    const { exitCode, stdout, stderr } = await runInProcess(argv, { trainer: fakeTrainer() });
    expect(exitCode).toBe(1);
    expect(stdout.match(/^\S+\.jpg$/gm)).toEqual(["a.jpg", "b.jpg"]);
    expect(stderr).toBe(
      "error: broken.jpg is not a photo that can be read.\nerror: 1 of 3 photos could not be named.\n",
    );
  });
  it("prints a line of JSON for each photo", async () => {
    const { exitCode, stdout } = await runInProcess(["predict", "a.jpg", "b.jpg", "--json"], {
      trainer: fakeTrainer(),
    });
    expect(exitCode).toBe(0);
    expect(jsonLines(stdout).map(({ photo }) => photo)).toEqual(["a.jpg", "b.jpg"]);
  });
});
