import { expect, it } from "vitest";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { runInProcess } from "../fixtures/run-in-process.js";

const run = async (...argv: readonly string[]) => {
  const trainer = fakeTrainer();
  return { ...(await runInProcess(["data", ...argv], { trainer })), calls: trainer.calls };
};

it("data fetch prints the folder of the photos alone on standard output", async () => {
  const { exitCode, stdout, calls } = await run("fetch");
  expect([exitCode, stdout, calls[0]?.method]).toEqual([0, "/cache/flowers\n", "fetchFlowers"]);
  expect(JSON.parse((await run("fetch", "--json")).stdout)).toEqual({ folder: "/cache/flowers" });
});

it("data make draws as many as asked for and says that they are drawn", async () => {
  const { stdout, calls } = await run("make", "--out", "drawn", "--count", "50", "--seed", "3");
  expect(calls).toMatchObject([
    { method: "makeDrawn", options: { folder: "drawn", count: 50, seed: 3, format: "jpeg" } },
  ]);
  expect(stdout).toBe("50 drawn flowers (not photos): drawn\n");
});

it("data check tells what it found, the worst with a mark", async () => {
  const { exitCode, stdout } = await run("check", "photos");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("8 photos of 2 classes in photos");
  expect(stdout).toContain("No validation photos of roses, of which the accuracy says nothing.");
  expect(stdout).toContain("The largest class has 6.0 times as many photos as the smallest.");
  expect(stdout).toContain("1 photo cannot be read:\n  daisy/a.jpg is cut short.");
  expect(stdout).toContain("daisy/c.jpg = roses/d.jpg  two classes!");
  expect(stdout).toContain("daisy/e.jpg = daisy/f.jpg  on both sides of the split!");
  expect(stdout).toContain("1 photo below 100 pixels:\n  daisy/b.jpg  40 × 30");
});

it("data check writes the page when asked, and prints the report with --json", async () => {
  const { stdout, calls } = await run("check", "photos", "--out", "p.html", "--json", "--tiny", "64");
  expect(calls).toMatchObject([
    { method: "checkDataset", options: { folder: "photos", tinyBelow: 64 } },
    { method: "writeCheckPage", options: { file: "p.html" } },
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ photos: 8, imbalanced: true });
});

it.each([
  [["data", "fetsh"], "Unknown command 'fetsh'.", "Did you mean 'fetch'?"],
  [["data", "make"], "The option '--out' is missing.", "'pnpm fleuron data make --help'"],
  [["data", "make", "--out", "x", "--count", "3"], "'--count' must be a whole number, 10 or more,", ""],
])("%j is a usage error", async (argv, message, hint) => {
  const { exitCode, stderr } = await runInProcess(argv, { trainer: fakeTrainer() });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`error: ${message}`);
  expect(stderr).toContain(hint);
});
