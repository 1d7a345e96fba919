import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeBundles } from "../fixtures/fake-bundles.js";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { FakeSignals, runInProcess } from "../fixtures/run-in-process.js";

const { runtime } = fakeBundles();

/** Serves, and gets a Ctrl-C at once. */
async function served(...argv: string[]) {
  const signals = new FakeSignals();
  const running = runInProcess(["demo", "--port", "0", ...argv], {
    trainer: fakeTrainer(),
    runtime,
    signals,
  });
  await vi.waitFor(() => expect(signals.listenerCount("SIGINT")).toBe(1));
  signals.send("SIGINT");
  return running;
}

describe("demo", () => {
  it("serves the latest run's bundle on this machine until Ctrl-C, which is no failure", async () => {
    const { exitCode, stdout, stderr, listeners } = await served();
    expect({ exitCode, stderr, listeners }).toEqual({ exitCode: 0, stderr: "", listeners: [] });
    expect(stdout).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+\/\nmodel runs\/latest-one\/bundle, /);
    const [url] = /http\S+/.exec(stdout)!;
    await expect(fetch(url)).rejects.toThrow();
  });

  it("prints its address and its bundle as a line of JSON", async () => {
    const { stdout } = await served("--bundle", "flowers", "--json");
    expect(JSON.parse(stdout)).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
      bundle: "flowers",
    });
  });

  it("says that a bundle without an ONNX model is none for browsers", async () => {
    const { folder, manifest } = await runtime.openBundle("flowers");
    const models = manifest.models.map((model) => ({ ...model, format: "tfjs-graph" as const }));
    const openBundle = async () => ({ folder, manifest: { ...manifest, models } });
    const { exitCode, stderr } = await runInProcess(["demo", "--bundle", "flowers"], {
      trainer: fakeTrainer(),
      runtime: { ...runtime, openBundle },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error: flowers has no ONNX model");
    expect(stderr).toContain("hint: Add one: pnpm export --format onnx");
  });

  it.each(["-1", "65536", "web"])("takes no port %s", async (port) => {
    const { exitCode, stderr } = await runInProcess(["demo", "--port", port], { trainer: fakeTrainer() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`'--port' must be a port from 0 to 65535 but is '${port}'.`);
  });
});

describe("demo --out", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fleuron-demo-"));
    await writeFile(join(folder, "notes.txt"), "notes");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("refuses a folder that has something in it", async () => {
    const trainer = fakeTrainer();
    const { exitCode, stderr } = await runInProcess(["demo", "--out", folder], { trainer, runtime });
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      `error: ${folder} is not empty.\nhint: Choose a folder that is empty or not there yet.\n`,
    );
  });
});
