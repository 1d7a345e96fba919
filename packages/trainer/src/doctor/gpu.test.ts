import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readEngineMarker, writeEngineMarker } from "@fleuron/installer";
import { lookAtGpu } from "@fleuron/machine";
import { shownPrecision } from "@fleuron/tensorflow";
import { elf, FAKE_GPU, type FakeMachine, fakeMachine } from "@fleuron/tensorflow/fixtures";
import { follow } from "@fleuron/testing";
import type { Surroundings } from "@fleuron/training";
import { firstBad } from "@fleuron/training";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseEngine } from "../../dist/engines/choose-engine.js";
import { gpuEngineOffer } from "../../dist/engines/gpu-engine-offer.js";
import { tfjsNodeGpu } from "../../dist/engines/tfjs-node-gpu.js";
import { diagnose } from "../../dist/index.js";

describe("a GPU", () => {
  let machine: FakeMachine;
  beforeEach(async () => {
    machine = await fakeMachine();
  });
  afterEach(() => machine[Symbol.asyncDispose]());
  const gpu = () => lookAtGpu(machine.surroundings);

  it("is found by its driver", async () => {
    await machine.program("nvidia-smi", `echo "${FAKE_GPU}"`);
    await machine.file(machine.path("lib/libcuda.so.1"), elf());
    expect(await gpu()).toEqual([
      {
        what: "NVIDIA GPU",
        ok: true,
        found: "NVIDIA A10, 23028 MiB, compute capability 8.6, driver 550.54.15",
      },
      { what: "libcuda", ok: true, found: machine.path("lib/libcuda.so.1") },
    ]);
  });

  it.each([
    [
      "a driver that fails",
      "echo 'Failed to initialize NVML: Driver/library version mismatch' >&2; exit 18",
      /Driver\/library version mismatch/,
    ],
    ["no device", "exit 0", /names none/],
    ["an old driver", 'echo "NVIDIA A10, 510.47.03, 23028 MiB, 8.6"', /driver 510/],
    [
      "a driver so old that it does not know what it is asked",
      `echo 'Field "compute_cap" is not a valid field to query.'; exit 2`,
      /driver is too old/,
    ],
    [
      "a driver that cannot compile for it",
      'echo "NVIDIA H100, 550.54.15, 81559 MiB, 9.0"',
      /capability 9\.0, driver 550/,
    ],
    ["too old a GPU", 'echo "GeForce GTX 980, 550.54.15, 4096 MiB, 5.2"', /compute capability 5\.2/],
    ["an answer that is none", 'echo "NVIDIA A10, 23028 MiB"', /driver|names none/],
  ])("is not there with %s", async (_, script, found) => {
    await machine.program("nvidia-smi", script);
    expect(firstBad(await gpu())).toMatchObject({
      what: "NVIDIA GPU",
      found: expect.stringMatching(found),
      hint: expect.any(String),
    });
  });

  it("is not asked for where no driver was ever installed", async () => {
    expect(await gpu()).toEqual([]);
  });

  it("is of no use without the driver's library", async () => {
    await machine.program("nvidia-smi", `echo "${FAKE_GPU}"`);
    expect(firstBad(await gpu())).toMatchObject({
      what: "libcuda",
      hint: expect.stringMatching(/container/),
    });
  });
});

describe("an engine for the GPU", () => {
  const gpuMachine = (options: { readonly installed?: boolean } = {}) =>
    fakeMachine({ engine: "tfjs-node-gpu", ...options });
  const probe = ({ surroundings }: FakeMachine, changes: Partial<Surroundings> = {}) =>
    tfjsNodeGpu.probe({ ...surroundings, ...changes });
  const auto = (
    { surroundings }: FakeMachine,
    wish: { readonly mayRound?: boolean; readonly engine?: string } = {},
  ) => chooseEngine({ engine: "auto", mixedPrecision: "auto", mayRound: true, ...wish }, surroundings);
  const INSTALL_GPU = "`installEngine` tfjs-node-gpu";

  it("works when GPU, driver, libtensorflow, CUDA and addon are there", async () => {
    await using gpu = await gpuMachine();
    const findings = await probe(gpu);
    expect(findings.map(({ what, ok }) => [what, ok])).toEqual(
      ["NVIDIA GPU", "libcuda", "installed", "npm package", "libtensorflow", "CUDA", "addon"].map((what) => [
        what,
        true,
      ]),
    );
    expect(findings.find(({ what }) => what === "CUDA")?.found).toMatch(
      /^libcudart 12\.[\d.]+, libcudnn 9\.[\d.]+$/,
    );
  });

  it("says that it was not tried on a GPU, when it was not", async () => {
    await using gpu = await gpuMachine();
    const marker = await readEngineMarker(gpu.installation.marker);
    await writeEngineMarker(gpu.installation.marker, { ...marker!, triedOn: "processor" });
    expect((await probe(gpu)).find(({ what }) => what === "installed")?.found).toMatch(/not tried on a GPU/);
  });

  it("does not work without a GPU, whatever is installed", async () => {
    await using gpu = await gpuMachine();
    await rm(gpu.path("bin/nvidia-smi"));
    expect(firstBad(await probe(gpu))).toMatchObject({
      what: "NVIDIA GPU",
      found: "none: there is no nvidia-smi on PATH",
      hint: expect.stringMatching(/driver 525 or newer/),
    });
    await expect(auto(gpu, { engine: "tfjs-node-gpu" })).rejects.toMatchObject({
      code: "engine-unavailable",
      message: expect.stringMatching(/tfjs-node-gpu does not work here: NVIDIA GPU: none/),
    });
    expect(await auto(gpu)).toMatchObject({ name: "onnx-cpu" });
  });

  it("says that CUDA_VISIBLE_DEVICES names a GPU that is not there", async () => {
    await using gpu = await gpuMachine();
    await gpu.program("nvidia-smi", 'echo "No devices were found"; exit 6');
    expect(firstBad(await probe(gpu, { visibleGpus: "7" }))).toMatchObject({
      found: "CUDA_VISIBLE_DEVICES is '7', and there is no such GPU",
      hint: expect.stringContaining("Unset it"),
    });
  });

  it.each(["", "-1"])("does not work where CUDA_VISIBLE_DEVICES is '%s'", async (visibleGpus) => {
    await using gpu = await gpuMachine();
    expect(firstBad(await probe(gpu, { visibleGpus }))).toMatchObject({
      what: "NVIDIA GPU",
      found: expect.stringMatching(/CUDA_VISIBLE_DEVICES/),
    });
    expect(firstBad(await probe(gpu, { visibleGpus: "0" }))).toBeUndefined();
  });

  it.each<readonly [string, (machine: FakeMachine) => Promise<unknown>, RegExp]>([
    [
      "a part of CUDA",
      ({ installation }) => rm(join(installation.cuda, "cudnn"), { recursive: true }),
      /^cudnn\/lib\/libcudnn\.so\.12 is missing$/,
    ],
    [
      "the end of one of its libraries",
      ({ installation, file }) => file(join(installation.cuda, "cublas/lib/libcublas.so.12"), "1234"),
      /has 4 bytes instead of 8/,
    ],
  ])("that has lost %s is to be installed again", async (_, breakIt, found) => {
    await using gpu = await gpuMachine();
    await breakIt(gpu);
    expect(firstBad(await probe(gpu))).toMatchObject({
      what: "CUDA",
      found: expect.stringMatching(found),
      hint: expect.stringContaining(INSTALL_GPU),
    });
  });

  it("is what auto takes, in bfloat16 where the GPU and the recipe have it", async () => {
    await using gpu = await gpuMachine();
    expect(await auto(gpu)).toMatchObject({ name: "tfjs-node-gpu", precision: "bfloat16" });
    expect(await auto(gpu, { mayRound: false })).toMatchObject({
      name: "tfjs-node-gpu",
      precision: "float32",
    });
    await gpu.program("nvidia-smi", 'echo "Tesla T4, 550.54.15, 15360 MiB, 7.5"');
    expect(await auto(gpu)).toMatchObject({ name: "tfjs-node-gpu", precision: "float32" });
  });

  it("names TF32 where the GPU multiplies float32 so, unless that is forbidden", () => {
    expect(shownPrecision("float32", 8.6)).toBe("float32 (TF32)");
    expect(shownPrecision("bfloat16", 9)).toBe("bfloat16 (TF32)");
    expect(shownPrecision("float32", 7.5)).toBe("float32");
    expect(shownPrecision("float32", undefined)).toBe("float32");
    vi.stubEnv("NVIDIA_TF32_OVERRIDE", "0");
    expect(shownPrecision("float32", 8.6)).toBe("float32");
    vi.unstubAllEnvs();
  });

  it("announces that its kernels are compiled, for a GPU without ready ones, until they are", async () => {
    await using gpu = await gpuMachine();
    vi.stubEnv("CUDA_CACHE_PATH", gpu.path("cache"));
    expect(await tfjsNodeGpu.notice?.(gpu.surroundings)).toBeUndefined();
    await gpu.program("nvidia-smi", 'echo "NVIDIA H100, 560.35.03, 81559 MiB, 9.0"');
    expect(await tfjsNodeGpu.notice?.(gpu.surroundings)).toMatch(
      /compute capability 9\.0 now, once.*half an hour/,
    );
    await gpu.file(gpu.path("cache/index"), "");
    expect(await tfjsNodeGpu.notice?.(gpu.surroundings)).toBeUndefined();
    vi.unstubAllEnvs();
  });

  it.each([
    [true, "tfjs-node-gpu"],
    [false, "onnx-cpu"],
  ])("that was not tried on a GPU is asked, in a child, whether it finds one: %s", async (finds, taken) => {
    await using gpu = await gpuMachine();
    const { marker, npmPackage } = gpu.installation;
    await writeEngineMarker(marker, { ...(await readEngineMarker(marker))!, triedOn: "processor" });
    const source = `exports.backend = () => ({ isUsingGpuDevice: ${finds} });`;
    await gpu.file(join(npmPackage, "index.js"), source);
    const { result } = await follow(diagnose({ surroundings: gpu.surroundings, measure: false }));
    expect(result.auto.name).toBe(taken);
    expect(result.auto.reason.includes("tfjs-node-gpu finds no GPU that it can use")).toBe(!finds);
  });

  it("asked for by name stops at once where it finds none, in TensorFlow's own words", async () => {
    await using gpu = await gpuMachine();
    const { marker, npmPackage } = gpu.installation;
    await writeEngineMarker(marker, { ...(await readEngineMarker(marker))!, triedOn: "processor" });
    const complaint = "W0000 00:00:1795637330.35 15027 gpu_device.cc:2348] Cannot dlopen some GPU libraries.";
    const source = `process.stderr.write(${JSON.stringify(`${complaint}\n`)});
      exports.backend = () => ({ isUsingGpuDevice: false });`;
    await gpu.file(join(npmPackage, "index.js"), source);
    const { result } = await follow(diagnose({ surroundings: gpu.surroundings, measure: false }));
    expect(firstBad(result.engines[0]!.findings)).toMatchObject({
      what: "TensorFlow's GPU",
      found: "none that it can use: Cannot dlopen some GPU libraries",
    });
    await expect(auto(gpu, { engine: "tfjs-node-gpu" })).rejects.toMatchObject({
      code: "engine-unavailable",
      message: expect.stringMatching(/does not work here: TensorFlow's GPU: none that it can use/),
    });
  });

  it("is offered where a GPU works and it is not installed", async () => {
    await using gpu = await gpuMachine({ installed: false });
    expect(await gpuEngineOffer(gpu.surroundings)).toMatchObject({
      engine: "tfjs-node-gpu",
      command: INSTALL_GPU,
      atOnce: true,
      gpu: expect.stringContaining("NVIDIA A10"),
    });
    expect((await auto(gpu)).reason).toContain(`tfjs-node-gpu would be faster here: ${INSTALL_GPU}`);
    await rm(gpu.path("bin/g++"));
    expect(await gpuEngineOffer(gpu.surroundings)).toMatchObject({
      command: `sudo apt install g++, then ${INSTALL_GPU}`,
      atOnce: false,
    });
    await rm(gpu.path("lib/libcuda.so.1"));
    expect(await gpuEngineOffer(gpu.surroundings)).toBeUndefined();
    await using whole = await gpuMachine();
    expect(await gpuEngineOffer(whole.surroundings)).toBeUndefined();
  });
});
