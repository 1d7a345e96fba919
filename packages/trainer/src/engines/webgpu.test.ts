import { mkdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type EngineMarker, readEngineMarker, writeEngineMarker } from "@fleuron/installer";
import { thisMachine } from "@fleuron/machine";
import { fakeMachine } from "@fleuron/tensorflow/fixtures";
import { follow, softwareGpu, softwareVulkan } from "@fleuron/testing";
import { firstBad, type Surroundings } from "@fleuron/training";
import { batchOf, planWith, tinyState } from "@fleuron/training/fixtures";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseEngine } from "../../dist/engines/choose-engine.js";
import { installEngine, removeEngine } from "../../dist/engines/install-engine.js";
import { webgpu } from "../../dist/engines/webgpu.js";
import { installationOf } from "../../dist/webgpu/installation.js";
import { contentsOf } from "../../dist/webgpu/installer.js";

const vulkan = await softwareVulkan();
const whySkipped = typeof vulkan === "string" ? ` (skipped: ${vulkan})` : "";

afterEach(() => vi.unstubAllEnvs());

/** As its installation leaves it, with the Dawn that tests use. */
async function install(
  engines: string,
  { dawn, measured }: { readonly dawn?: string; readonly measured?: EngineMarker["measured"] } = {},
) {
  const { npmPackage, marker } = installationOf(engines);
  await mkdir(dirname(npmPackage), { recursive: true });
  await rm(npmPackage, { force: true });
  if (dawn !== undefined) await symlink(dawn, npmPackage);
  await writeEngineMarker(marker, {
    formatVersion: 1,
    engine: "webgpu",
    installed: "2026-01-01T00:00:00.000Z",
    ...contentsOf("0.6.2", null),
    measured,
  });
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
    await install(machine.surroundings.engines);
    expect(firstBad(await probe())).toMatchObject({
      what: "npm package",
      hint: expect.stringContaining("webgpu"),
    });
  });

  it.each([
    [["ubuntu", "debian"], "Install the package libvulkan1 and the Vulkan driver of the GPU."],
    [["fedora"], "Install the package vulkan-loader and the Vulkan driver of the GPU."],
  ])("says on %j what brings the Vulkan loader", async (distribution, hint) => {
    await install(machine.surroundings.engines);
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

  it.each([
    [undefined, "not on a GPU: auto passes it over"],
    [
      { device: "NVIDIA A10", step: 9.96, onnxCpuStep: 90.2 },
      "a step in 10.0 ms, on onnx-cpu in 90 ms, with NVIDIA A10",
    ],
    [
      { device: "Intel UHD", step: 90, onnxCpuStep: 89 },
      "a step in 90 ms, on onnx-cpu in 89 ms, with Intel UHD: auto passes it over",
    ],
  ])("shows what was measured: %j", async (measured, found) => {
    await install(machine.surroundings.engines, { ...(measured && { measured }) });
    expect((await probe()).find(({ what }) => what === "measured")).toMatchObject({ ok: true, found });
  });

  it("keeps the times of a GPU with its name, and none of a processor that plays one", () => {
    const times = { step: 10, onnxCpuStep: 90 };
    const gpu = { words: "NVIDIA A10, driver 570", emulated: false };
    expect(contentsOf("0.6.2", { adapter: gpu, times })).toMatchObject({
      triedOn: "gpu",
      measured: { device: "NVIDIA A10, driver 570", ...times },
    });
    const played = contentsOf("0.6.2", { adapter: { words: "llvmpipe", emulated: true } });
    expect(played.triedOn).toBe("processor");
    expect(played.measured).toBeUndefined();
  });

  it("is installed from npm alone, and removed where it is", async () => {
    await expect(installEngine({ name: "webgpu", from: "a.whl" }).next()).rejects.toMatchObject({
      code: "option-invalid",
      subject: "from",
    });
    await expect(installEngine({ name: "webgl" }).next()).rejects.toMatchObject({
      code: "engine-unknown",
      hint: "Engines: tfjs-node-gpu, onnx-cuda, webgpu, tfjs-node.",
    });
    const { engines } = machine.surroundings;
    await expect(removeEngine({ name: "webgpu", folder: engines })).rejects.toMatchObject({
      code: "engine-not-installed",
    });
    await install(engines);
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
    await installHere();
  });
  afterEach(() => machine[Symbol.asyncDispose]());
  const installHere = (measured?: EngineMarker["measured"]) => {
    if (typeof vulkan === "string") expect.unreachable();
    return install(machine.surroundings.engines, { dawn: vulkan.dawn, measured });
  };
  const adapter = () => webgpu.findDevice!(thisMachine());
  const wish = { engine: "auto", mixedPrecision: "auto", mayRound: true } as const;

  it("is what auto takes where it was measured to be faster, with the GPU that is there", async () => {
    const { found: device } = await adapter();
    await installHere({ device, step: 10, onnxCpuStep: 90 });
    expect(await chooseEngine(wish, thisMachine())).toEqual({
      name: "webgpu",
      precision: "float32",
      reason: "measured here, faster than the processor",
    });
  });

  it("is passed over where another GPU was measured, in words that say what to do", async () => {
    await installHere({ device: "NVIDIA A10", step: 10, onnxCpuStep: 90 });
    const { name, reason } = await chooseEngine(wish, thisMachine());
    expect(name).toBe("onnx-cpu");
    expect(reason).toMatch(
      /; webgpu was measured with another GPU or driver: `installEngine` webgpu measures it$/,
    );
    const asked = { ...wish, engine: "webgpu" };
    expect(await chooseEngine(asked, thisMachine())).toMatchObject({ name: "webgpu", reason: "asked for" });
  });

  it.each([
    ["no GPU was measured", undefined],
    ["the processor was faster", { device: "NVIDIA A10", step: 90, onnxCpuStep: 10 }],
  ])("is passed over without a word where %s, and works by its name", async (_, measured) => {
    await installHere(measured);
    const chosen = await chooseEngine(wish, thisMachine());
    expect(chosen.name).toBe("onnx-cpu");
    expect(chosen.reason).not.toContain("webgpu");
    const asked = { ...wish, engine: "webgpu" };
    expect(await chooseEngine(asked, thisMachine())).toMatchObject({ name: "webgpu", reason: "asked for" });
    expect(await adapter()).toMatchObject({
      ok: true,
      found: expect.stringMatching(/(SwiftShader|llvmpipe).*: a processor plays the GPU/),
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

  it("is installed where no driver is found, with a warning that nothing was tried", async () => {
    if (typeof vulkan === "string") expect.unreachable();
    vi.stubEnv("VK_DRIVER_FILES", machine.path("nothing.json"));
    await machine.program("npm", `mkdir node_modules && exec ln -s ${vulkan.dawn} node_modules/webgpu`);
    vi.stubEnv("PATH", `${machine.path("bin")}:${process.env.PATH}`);
    const { events, result } = await follow(installEngine({ name: "webgpu" }));
    expect(events).toContainEqual(
      expect.objectContaining({ type: "warning", message: "Dawn finds no adapter: nothing was tried." }),
    );
    expect(result).toMatchObject({ engine: "webgpu", versions: { webgpu: "0.6.2" }, triedOn: "processor" });
    const { folder, ...marker } = result;
    expect(await readEngineMarker(installationOf().marker)).toEqual(marker);
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
      versions: { webgpu: "0.6.2", adapter: expect.stringMatching(/SwiftShader|llvmpipe/) },
    });
  });
});
