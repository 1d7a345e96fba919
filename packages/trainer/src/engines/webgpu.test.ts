import { mkdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeEngineMarker } from "@fleuron/installer";
import { thisMachine } from "@fleuron/machine";
import { fakeMachine } from "@fleuron/tensorflow/fixtures";
import { softwareGpu, softwareVulkan } from "@fleuron/testing";
import { firstBad, type Surroundings } from "@fleuron/training";
import { batchOf, planWith, tinyState } from "@fleuron/training/fixtures";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseEngine } from "../../dist/engines/choose-engine.js";
import { installEngine, removeEngine } from "../../dist/engines/install-engine.js";
import { webgpu } from "../../dist/engines/webgpu.js";
import { installationOf } from "../../dist/webgpu/installation.js";

const vulkan = await softwareVulkan();
const whySkipped = typeof vulkan === "string" ? ` (skipped: ${vulkan})` : "";

afterEach(() => vi.unstubAllEnvs());

/** As its installation leaves it, with the Dawn that tests use. */
async function install(engines: string, triedOn: "processor" | "gpu", dawn?: string) {
  const { npmPackage, marker } = installationOf(engines);
  await mkdir(dirname(npmPackage), { recursive: true });
  if (dawn !== undefined) await symlink(dawn, npmPackage);
  const installed = { installed: "2026-01-01T00:00:00.000Z", source: "npm", libraries: {}, cuda: {} };
  const versions = { webgpu: "0.6.2" };
  await writeEngineMarker(marker, { formatVersion: 1, engine: "webgpu", versions, ...installed, triedOn });
}

describe("WebGPU as an engine", () => {
  let machine: Awaited<ReturnType<typeof fakeMachine>>;
  beforeEach(async () => {
    machine = await fakeMachine({ installed: false });
  });
  afterEach(() => machine[Symbol.asyncDispose]());
  const probe = (changes: Partial<Surroundings> = {}) =>
    webgpu.probe({ ...machine.surroundings, ...changes });

  it("says how it is installed", async () => {
    expect(await probe()).toEqual([
      {
        code: "not-installed",
        what: "installed",
        ok: false,
        found: "no",
        hint: "`installEngine` webgpu",
      },
    ]);
  });

  it("says for which systems there is no Dawn", async () => {
    const platform = { system: "freebsd", arch: "x64", glibc: undefined };
    expect(await probe({ platform })).toMatchObject([
      { what: "system", found: "Dawn is not made for freebsd on x64", code: "unsupported" },
    ]);
  });

  it("says that its package is gone", async () => {
    await install(machine.surroundings.engines, "gpu");
    expect(firstBad(await probe())).toMatchObject({
      what: "npm package",
      hint: expect.stringContaining("webgpu"),
    });
  });

  it.each([
    [["ubuntu", "debian"], "Install the package libvulkan1 and the Vulkan driver of the GPU."],
    [["fedora"], "Install the package vulkan-loader and the Vulkan driver of the GPU."],
  ])("says on %j what brings the Vulkan loader", async (distribution, hint) => {
    await install(machine.surroundings.engines, "gpu");
    await machine.file(join(installationOf(machine.surroundings.engines).npmPackage, "package.json"), "{}");
    expect(firstBad(await probe({ distribution }))).toMatchObject({
      what: "Vulkan loader",
      found: "there is no libvulkan.so.1",
      hint,
    });
    await machine.file(machine.path("lib/libvulkan.so.1"), "");
    expect(firstBad(await probe({ distribution }))).toBeUndefined();
    const windows = { ...machine.surroundings.platform, system: "win32" };
    await rm(machine.path("lib/libvulkan.so.1"));
    expect(firstBad(await probe({ platform: windows }))).toBeUndefined();
  });

  it("is installed from npm alone, and removed where it is", async () => {
    await expect(installEngine({ name: "webgpu", from: "a.whl" }).next()).rejects.toMatchObject({
      code: "option-invalid",
      subject: "from",
    });
    await expect(installEngine({ name: "webgl" }).next()).rejects.toMatchObject({
      code: "engine-unknown",
      hint: "Engines: tfjs-node-gpu, webgpu, tfjs-node.",
    });
    const { engines } = machine.surroundings;
    await expect(removeEngine({ name: "webgpu", folder: engines })).rejects.toMatchObject({
      code: "engine-not-installed",
    });
    await install(engines, "gpu");
    expect(await removeEngine({ name: "webgpu", folder: engines })).toBe(installationOf(engines).folder);
  });
});

describe.skipIf(whySkipped)(`WebGPU on an adapter${whySkipped}`, () => {
  let machine: Awaited<ReturnType<typeof fakeMachine>>;
  beforeEach(async () => {
    if (typeof vulkan === "string") expect.unreachable();
    machine = await fakeMachine({ installed: false });
    for (const [name, value] of Object.entries(vulkan.environment)) vi.stubEnv(name, value);
    vi.stubEnv("FLEURON_ENGINES", machine.surroundings.engines);
    await install(machine.surroundings.engines, "gpu", vulkan.dawn);
  });
  afterEach(() => machine[Symbol.asyncDispose]());
  const wish = { engine: "auto", mixedPrecision: "auto", mayRound: true } as const;

  it("is what auto takes where it was installed on a real one", async () => {
    expect(await chooseEngine(wish, thisMachine())).toEqual({
      name: "webgpu",
      precision: "float32",
      reason: "the fastest here: there is a GPU",
    });
  });

  it("is passed over by auto without a word where a processor plays the GPU, and works by its name", async () => {
    await install(machine.surroundings.engines, "processor");
    const chosen = await chooseEngine(wish, thisMachine());
    expect(chosen.name).toBe("onnx-cpu");
    expect(chosen.reason).not.toContain("webgpu");
    const asked = { ...wish, engine: "webgpu" };
    expect(await chooseEngine(asked, thisMachine())).toMatchObject({ name: "webgpu", reason: "asked for" });
    expect(await webgpu.findDevice!(thisMachine())).toMatchObject({
      ok: true,
      found: expect.stringMatching(/SwiftShader.*: a processor plays the GPU$/),
    });
  });

  it("says what to install where no driver is found", async () => {
    vi.stubEnv("VK_DRIVER_FILES", machine.path("nothing.json"));
    expect(await webgpu.findDevice!(thisMachine())).toMatchObject({
      code: "no-usable-gpu",
      what: "adapter",
      found: expect.stringMatching(/^none/),
      hint: expect.stringContaining("mesa-vulkan-drivers"),
    });
  });

  it("says that Dawn cannot be loaded", async () => {
    const { npmPackage } = installationOf(machine.surroundings.engines);
    await rm(npmPackage);
    await machine.file(join(npmPackage, "index.js"), "throw new Error('broken');");
    await machine.file(join(npmPackage, "package.json"), "{}");
    expect(await webgpu.findDevice!(thisMachine())).toMatchObject({
      ok: false,
      found: expect.stringContaining("Dawn cannot be loaded"),
      hint: "`installEngine` webgpu reinstalls it.",
    });
  });

  it("takes a step, and says on what", async () => {
    await softwareGpu();
    const plan = planWith({});
    await using engine = await webgpu.create(plan, { deterministic: true });
    await engine.write(tinyState(plan));
    expect((await engine.step(batchOf(6, 1), { learningRate: 0.05 })).loss).toBeGreaterThan(0);
    expect(engine.description).toMatchObject({
      engine: "webgpu",
      deterministic: true,
      versions: { webgpu: "0.6.2", adapter: expect.stringContaining("SwiftShader") },
    });
  });
});
