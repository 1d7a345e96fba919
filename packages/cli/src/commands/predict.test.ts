import { describe, expect, it } from "vitest";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { jsonLines } from "../fixtures/json-lines.js";
import { runInProcess } from "../fixtures/run-in-process.js";
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
});
