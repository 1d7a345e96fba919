import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FleuronError } from "@fleuron/model";
import { exchange, requestText } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Runtime, Trainer } from "../context.js";
import { type FakeBundles, fakeBundles, imported } from "../fixtures/fake-bundles.js";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { FakeSignals, runInProcess } from "../fixtures/run-in-process.js";

const { runtime, exporter } = fakeBundles();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Serves, and gets a Ctrl-C at once. */
async function served(
  argv: readonly string[],
  bundles: Partial<FakeBundles> = { runtime, exporter },
  trainer = fakeTrainer(),
) {
  const signals = new FakeSignals();
  const running = runInProcess(["demo", "--port", "0", ...argv], { trainer, signals, ...bundles });
  await vi.waitFor(() => expect(signals.listenerCount("SIGINT")).toBe(1));
  signals.send("SIGINT");
  return { ...(await running), trainer };
}

describe("demo", () => {
  it("serves the latest run's bundle on this machine until Ctrl-C, which is no failure", async () => {
    const { exitCode, stdout, stderr, listeners } = await served([]);
    expect({ exitCode, stderr, listeners }).toEqual({ exitCode: 0, stderr: "", listeners: [] });
    expect(stdout).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+\/\nmodel runs\/latest-one\/bundle, /);
    const [url] = /http\S+/.exec(stdout)!;
    await expect(fetch(url)).rejects.toThrow();
  });

  it("says where an imported network comes from", async () => {
    const { stdout } = await served(["--bundle", "b"], fakeBundles({ manifest: imported }));
    expect(stdout).toMatch(/^model b, imported from petals\.onnx$/m);
  });

  it("answers under the names of --allow-host", async () => {
    const port = await freePort();
    const signals = new FakeSignals();
    const argv = ["demo", "--port", String(port), "--allow-host", "a.example", "--allow-host", "B.example"];
    const running = runInProcess(argv, { trainer: fakeTrainer(), signals, runtime, exporter });
    await vi.waitFor(() => expect(signals.listenerCount("SIGINT")).toBe(1));
    const statusUnder = async (host: string) => {
      const text = requestText({ target: "/", host: [`Host: ${host}`] });
      return (await vi.waitFor(() => exchange({ text }, { port }), { timeout: 10_000 }))?.status;
    };
    expect(await Promise.all(["a.example", "b.example", "c.example"].map(statusUnder))).toEqual([
      200, 200, 403,
    ]);
    signals.send("SIGINT");
    expect((await running).exitCode).toBe(0);
  });

  it("warns of a bundle that is older than its run's weights, and serves it", async () => {
    const { stdout, stderr } = await served([], fakeBundles({ weights: "0123".repeat(16) }));
    expect(stdout).toMatch(/^Open http:/);
    expect(stderr).toBe(
      "warning: The run runs/latest-one has other weights than the bundle runs/latest-one/bundle. pnpm export --force rewrites it.\n",
    );
  });

  it("serves the bundle of a run whose weights are gone", async () => {
    const trainedRun = async () => {
      throw new FleuronError("checkpoint-missing", "There are no weights.");
    };
    const { stdout, stderr } = await served([], undefined, { ...fakeTrainer(), trainedRun });
    expect(stdout).toMatch(/^Open http:/);
    expect(stderr).toBe("");
  });

  it.each([
    [["demo", "--bundle", "b", "--run", "r"], "'--bundle' cannot be given with '--run'."],
    [["new", "page", "--bundle", "b", "--run", "r"], "'--bundle' cannot be given with '--run'."],
    [["demo", "--out", "site", "--port", "80"], "'--out' cannot be given with '--port'."],
    [["demo", "--out", "site", "--host", "0.0.0.0"], "'--out' cannot be given with '--host'."],
    [["demo", "--out", "site", "--allow-host", "a.example"], "'--out' cannot be given with '--allow-host'."],
  ])("%j is refused: one of them would not be heeded", async (argv, message) => {
    const { exitCode, stderr } = await runInProcess(argv, { trainer: fakeTrainer(), runtime, exporter });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it("prints its address and its bundle as a line of JSON", async () => {
    const { stdout } = await served(["--bundle", "flowers", "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
      bundle: "flowers",
    });
  });

  describe("of a run that was not exported", () => {
    const nothing: Runtime["openBundle"] = async (folder) => {
      throw new FleuronError("bundle-missing", `${folder} is not a bundle.`, { hint: "Write one." });
    };
    const tfjsOnly: Runtime["openBundle"] = async (path) => {
      const { folder, manifest } = await runtime.openBundle(path);
      const models = manifest.models.map((model) => ({ ...model, format: "tfjs-graph" as const }));
      return { folder, manifest: { ...manifest, models } };
    };

    it.each([
      ["no bundle", nothing],
      ["a bundle for others only", tfjsOnly],
    ])("writes what the page needs first, and says so: %s", async (_, openBundle) => {
      const { exporter, calls } = fakeBundles();
      const { exitCode, stdout, stderr } = await served([], {
        exporter,
        runtime: { ...runtime, openBundle },
      });
      expect(exitCode).toBe(0);
      expect(stderr).toBe("Exporting runs/latest-one for the page: it has no ONNX model yet.\n");
      expect(calls).toMatchObject([
        {
          method: "writeBundle",
          options: {
            format: "onnx",
            precisions: ["float16"],
            folder: "runs/latest-one/bundle",
            force: false,
          },
        },
      ]);
      expect(stdout).toMatch(/^Open http:.*\nmodel runs\/latest-one\/bundle, /);
    });

    it("writes compact too where the run was compressed: the page takes it where it is as accurate", async () => {
      const { exporter, calls } = fakeBundles();
      const trainer = fakeTrainer();
      const kernelBits = new Map([["conv1/kernel", 4]] as const);
      const trainedRun: Trainer["trainedRun"] = async (options) => ({
        ...(await trainer.trainedRun(options)),
        kernelBits,
      });
      const bundles = { exporter, runtime: { ...runtime, openBundle: nothing } };
      const { exitCode } = await served([], bundles, { ...trainer, trainedRun });
      expect(exitCode).toBe(0);
      expect(calls).toMatchObject([
        { method: "writeBundle", options: { precisions: ["float16", "compact"] } },
      ]);
    });

    it("says nothing of it with --json", async () => {
      const { exporter } = fakeBundles();
      const bundles = { exporter, runtime: { ...runtime, openBundle: nothing } };
      const { stdout, stderr } = await served(["--run", "runs/first", "--json"], bundles);
      expect(JSON.parse(stdout)).toMatchObject({ bundle: "runs/first/bundle" });
      expect(stderr).toBe("");
    });

    it("announces no export of a run that is not there", async () => {
      const trainedRun = async () => {
        throw new FleuronError("run-folder-not-found", "The run's folder nowhere does not exist.");
      };
      const { stderr } = await runInProcess(["demo", "--run", "nowhere"], {
        trainer: { ...fakeTrainer(), trainedRun },
        exporter: fakeBundles().exporter,
        runtime: { ...runtime, openBundle: nothing },
      });
      expect(stderr).toBe("error: The run's folder nowhere does not exist.\n");
    });

    it.each([["demo", "--out"], ["new"]])(
      "exports nothing where the result has no place: %j",
      async (...words) => {
        const taken = await mkdtemp(join(tmpdir(), "fleuron-taken-"));
        await writeFile(join(taken, "file"), "");
        const { exporter, calls } = fakeBundles();
        const { exitCode, stderr } = await runInProcess([...words, taken, "--run", "runs/first"], {
          trainer: fakeTrainer(),
          exporter,
          runtime: { ...runtime, openBundle: nothing },
        });
        expect({ exitCode, calls }).toEqual({ exitCode: 2, calls: [] });
        expect(stderr).toContain(`${taken} is not empty.`);
        await rm(taken, { recursive: true });
      },
    );

    it("exports nothing in the place of a bundle that was named", async () => {
      const { exitCode, stderr } = await runInProcess(["demo", "--bundle", "flowers"], {
        trainer: fakeTrainer(),
        runtime: { ...runtime, openBundle: nothing },
      });
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr: "error: flowers is not a bundle.\nhint: Write one.\n",
      });
    });
  });

  it("says what to do where nothing was trained yet", async () => {
    const trainer = fakeTrainer();
    const latestRun = async () => {
      throw new FleuronError("no-run", "There is no run in runs yet.", {
        hint: "Start one with pnpm train.",
      });
    };
    const { exitCode, stderr } = await runInProcess(["demo"], {
      trainer: { ...trainer, latestRun },
      runtime,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toBe("error: There is no run in runs yet.\nhint: Start one with pnpm train.\n");
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
    const bundles = { runtime, exporter };
    const { exitCode, stderr } = await runInProcess(["demo", "--out", folder], { trainer, ...bundles });
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      `error: ${folder} is not empty.\nhint: Choose a folder that is empty or not there yet.\n`,
    );
  });
});
