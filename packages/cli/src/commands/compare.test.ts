import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fakeBundles, imported } from "../fixtures/fake-bundles.js";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { runInProcess } from "../fixtures/run-in-process.js";

describe("compare", () => {
  it("shows the runs' figures, the settings that differ, what to beware of, and where the page is", async () => {
    const trainer = fakeTrainer();
    const { exitCode, stdout } = await runInProcess(["compare", "runs/a", "runs/b"], { trainer });
    expect(exitCode).toBe(0);
    expect(stdout.split("\n")).toEqual([
      "run            recipe   best    95% interval  largest class    loss   epoch  last    took",
      "1 a            modern  89.3%  86.8% to 91.3%          24.5%  0.4012  2 of 0     –  6m 13s",
      "2 b (stopped)  modern      –               –          24.5%       –       –     –    0.0s",
      "",
      "settings that differ     1     2",
      "schedule, learning rate  0.02  –",
      "",
      "note: No epoch is complete yet.",
      "",
      "curves: runs/compare.html",
      "",
    ]);
    expect(trainer.calls).toEqual([
      { method: "compare", options: { runs: ["runs/a", "runs/b"], out: "runs/compare.html" } },
    ]);
  });
  it("passes over files among the runs' folders, and names them where there is nothing else", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fleuron-runs-"));
    const [run, page] = [join(folder, "first"), join(folder, "compare.html")];
    await mkdir(run);
    await writeFile(page, "");
    const trainer = fakeTrainer();
    await runInProcess(["compare", page, run], { trainer });
    await runInProcess(["compare", page], { trainer });
    await rm(folder, { recursive: true });
    expect(trainer.calls).toEqual([
      { method: "compare", options: { runs: [run], out: page } },
      { method: "compare", options: { runs: [page], out: page } },
    ]);
  });
  it("says nothing about the settings of a single run", async () => {
    const { stdout } = await runInProcess(["compare", "runs/a"], { trainer: fakeTrainer() });
    expect(stdout).not.toContain("settings");
  });
  it("writes the page where it is told", async () => {
    const trainer = fakeTrainer();
    await runInProcess(["compare", "runs/a", "--out", "else.html"], { trainer });
    expect(trainer.calls).toMatchObject([{ options: { out: "else.html" } }]);
  });
  it("prints one line with --json", async () => {
    const { stdout } = await runInProcess(["compare", "runs/a", "--json"], { trainer: fakeTrainer() });
    expect(Object.keys(JSON.parse(stdout))).toEqual(["runs", "differences", "notes", "file"]);
  });
  it("asks for runs", async () => {
    const { exitCode, stderr } = await runInProcess(["compare"], { trainer: fakeTrainer() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error: ");
  });
});

describe("report", () => {
  it("writes the latest run's page and says where it is", async () => {
    const trainer = fakeTrainer();
    const { exitCode, stdout } = await runInProcess(["report"], { trainer });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "runs/latest-one/report.html\n" });
    expect(trainer.calls).toMatchObject([{ method: "report", options: { run: "runs/latest-one" } }]);
  });
  it("measures a bundle's files on its run's validation photos first, and hands on what came of it", async () => {
    const trainer = fakeTrainer();
    const { exporter, runtime, calls } = fakeBundles();
    const argv = ["report", "--bundle", "runs/latest-one/bundle"];
    const { exitCode, stdout } = await runInProcess(argv, { trainer, exporter, runtime });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "runs/latest-one/report.html\n" });
    expect(calls).toMatchObject([
      {
        method: "measureBundle",
        options: { bundle: "runs/latest-one/bundle", photos: [{ path: "roses/a.jpg", label: 2 }] },
      },
    ]);
    expect(trainer.calls.at(-1)).toMatchObject({
      method: "report",
      options: {
        run: "runs/latest-one",
        bundle: { epochs: 2, photos: 736, files: [{ precision: "float32", accuracy: 0.893 }] },
      },
    });
  });
  it("of a bundle that was imported has no run", async () => {
    const { exporter, runtime } = fakeBundles({ manifest: imported });
    const argv = ["report", "--bundle", "b"];
    const { exitCode, stderr } = await runInProcess(argv, { trainer: fakeTrainer(), exporter, runtime });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "The bundle was imported from petals.onnx, and it has no run that a report could be of.",
    );
  });
});
