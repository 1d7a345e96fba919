import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type EngineMarker, writeEngineMarker } from "@fleuron/installer";
import { type FakeMachine, fakeMachine } from "@fleuron/installer/fixtures";
import { firstBad, type Surroundings } from "@fleuron/training";
import { planWith } from "@fleuron/training/fixtures";
import * as ort from "onnxruntime-node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseEngine } from "../../dist/engines/choose-engine.js";
import { onnxCuda } from "../../dist/engines/onnx-cuda.js";
import { copyOnnxruntime } from "../../dist/onnx-cuda/copy-onnxruntime.js";
import { installationOf, unsupported } from "../../dist/onnx-cuda/installation.js";
import { loadOnnxruntime } from "../../dist/onnx-cuda/load.js";
import { complaintIn } from "../../dist/onnx-cuda/look.js";
import { cudaWheels } from "../../dist/onnx-cuda/wheels.js";

const GPU = "NVIDIA A10, 23028 MiB, compute capability 8.6, driver 580.54.15";

describe.skipIf(process.platform !== "linux" || process.arch !== "x64")("onnx-cuda", () => {
  let machine: FakeMachine;
  beforeEach(async () => {
    machine = await fakeMachine();
    await gpu("580.54.15", "8.6");
    await machine.file(machine.path("lib/libcuda.so.1"), "");
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await machine[Symbol.asyncDispose]();
  });
  const gpu = (driver: string, capability: string) =>
    machine.program("nvidia-smi", `echo "NVIDIA A10, ${driver}, 23028 MiB, ${capability}"`);
  const probe = (changes: Partial<Surroundings> = {}) =>
    onnxCuda.probe({ ...machine.surroundings, ...changes });

  /** As its installation leaves it, in small files. */
  async function install(measured?: EngineMarker["measured"]) {
    const { marker, providers, cuda } = installationOf(machine.surroundings.engines);
    await machine.file(join(providers, "libonnxruntime_providers_cuda.so"), "");
    const parts = Object.keys(cudaWheels);
    for (const part of parts) await machine.file(join(cuda, part, "lib/lib.so"), "1234");
    await writeEngineMarker(marker, {
      formatVersion: 1,
      engine: "onnx-cuda",
      installed: "2026-01-01T00:00:00.000Z",
      versions: { "onnxruntime-node": "1.30.0", cuda: "13.5.37" },
      source: "onnxruntime-gpu 1.30.0",
      libraries: {},
      cuda: Object.fromEntries(parts.map((part) => [part, { version: "13", files: { "lib/lib.so": 4 } }])),
      triedOn: measured === undefined ? "processor" : "gpu",
      measured,
    });
  }

  it("works when GPU, driver, provider and CUDA are there, and says that no GPU has computed with it", async () => {
    await install();
    const findings = await probe();
    expect(findings.map(({ what, ok }) => [what, ok])).toEqual(
      ["NVIDIA GPU", "libcuda", "installed", "measured", "CUDA"].map((what) => [what, true]),
    );
    expect(findings[2]!.found).toMatch(/, unverified: no GPU has computed with it$/);
    expect(findings[3]!.found).toBe("not on a GPU: auto passes it over");
  });

  it.each([
    [
      "no driver",
      () => rm(machine.path("bin/nvidia-smi")),
      "none: there is no nvidia-smi on PATH",
      /driver 580/,
    ],
    [
      "an old driver",
      () => gpu("570.86.10", "8.6"),
      /driver 570/,
      "Install NVIDIA's driver 580 or newer, for CUDA 13.",
    ],
    [
      "an old GPU",
      () => gpu("580.54.15", "7.0"),
      /7\.0/,
      "CUDA 13 computes on GPUs of compute capability 7.5 and newer.",
    ],
  ] as const)("does not work with %s", async (_, prepare, found, hint) => {
    await install();
    await prepare();
    const like = (words: string | RegExp) => (words instanceof RegExp ? expect.stringMatching(words) : words);
    expect(firstBad(await probe())).toMatchObject({
      what: "NVIDIA GPU",
      found: like(found),
      hint: like(hint),
    });
  });

  it("says how it is installed, and what is missing of it", async () => {
    expect(firstBad(await probe())).toMatchObject({
      code: "not-installed",
      hint: "`installEngine` onnx-cuda",
    });
    await install();
    const { providers, cuda } = installationOf(machine.surroundings.engines);
    await machine.file(join(cuda, "cudnn/lib/lib.so"), "12");
    expect(firstBad(await probe())).toMatchObject({
      what: "CUDA",
      found: "cudnn/lib/lib.so has 2 bytes instead of 4",
    });
    await rm(providers, { recursive: true });
    expect(firstBad(await probe())).toMatchObject({
      what: "CUDA provider",
      found: "libonnxruntime_providers_cuda.so is missing",
    });
  });

  it.each([
    [
      { system: "darwin", arch: "arm64", glibc: undefined },
      "it exists for Linux on x64, and this is darwin on arm64",
    ],
    [
      { system: "linux", arch: "x64", glibc: "2.27" },
      "onnxruntime's CUDA provider needs glibc 2.28, and this system has 2.27",
    ],
    [{ system: "linux", arch: "x64", glibc: undefined }, expect.stringContaining("another C library")],
    [{ system: "linux", arch: "x64", glibc: "2.28" }, undefined],
  ])("is for %o: %s", (platform, why) => {
    expect(unsupported(platform)).toEqual(why);
  });

  it("is passed over by auto until it was measured to be faster", async () => {
    const wanted = { precision: "float32", mayRound: true } as const;
    const suits = () => onnxCuda.suits(machine.surroundings, wanted);
    expect(await suits()).toBeUndefined();
    await install();
    expect(await suits()).toBeUndefined();
    await install({ device: GPU, step: 90, onnxCpuStep: 10 });
    expect(await suits()).toBeUndefined();
    await install({ device: GPU, step: 10, onnxCpuStep: 90 });
    expect(await suits()).toEqual({ rank: 27, reason: "measured here, faster than the processor" });
  });

  it("asked for by name stops in the words of what could not be loaded", async () => {
    await install();
    await copyOnnxruntime(installationOf(machine.surroundings.engines));
    const asked = { engine: "onnx-cuda", mixedPrecision: "auto", mayRound: true } as const;
    await expect(chooseEngine(asked, machine.surroundings)).rejects.toMatchObject({
      code: "engine-unavailable",
      message: expect.stringMatching(
        /onnx-cuda does not work here: onnxruntime's GPU: none that it can use: .*libcudart\.so\.13: cannot open/,
      ),
    });
  });

  it("is not loaded beside another onnxruntime, whose providers it would look for", async () => {
    await install();
    expect(ort.env.versions.common).toBeDefined();
    expect(() => loadOnnxruntime(installationOf(machine.surroundings.engines))).toThrow(
      expect.objectContaining({ code: "engine-unavailable", hint: "Begin a new process." }),
    );
  });

  it("does not promise to repeat", async () => {
    await expect(onnxCuda.create(planWith({}), { deterministic: true })).rejects.toMatchObject({
      code: "engine-unavailable",
      subject: "deterministic",
    });
  });
});

it("finds the reason in the lines that onnxruntime writes", () => {
  const library =
    "[E:onnxruntime] FAIL : Failed to load library /a/libonnxruntime_providers_cuda.so with error: libcuda.so.1: cannot open\n\n";
  expect(complaintIn(library)).toBe("libcuda.so.1: cannot open");
  const driver =
    "cuda_call.cc:146 CudaCall CUDA failure 36: API call is not supported in the installed CUDA driver ; GPU=-1 ; hostname=vm";
  expect(complaintIn(driver)).toBe("API call is not supported in the installed CUDA driver");
  expect(complaintIn("no words")).toBeUndefined();
});
