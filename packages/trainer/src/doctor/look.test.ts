import { rm } from "node:fs/promises";
import { join } from "node:path";
import { lookAtPrograms } from "@fleuron/machine";
import { installableEngines, lookAtInstallation } from "@fleuron/tensorflow";
import { elf, type FakeMachine, fakeMachine } from "@fleuron/tensorflow/fixtures";
import type { Surroundings } from "@fleuron/training";
import { firstBad } from "@fleuron/training";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseEngine } from "../engines/choose-engine.js";

let machine: FakeMachine;
beforeEach(async () => {
  machine = await fakeMachine();
});
afterEach(() => machine[Symbol.asyncDispose]());

const look = (changes: Partial<Surroundings> = {}) =>
  lookAtInstallation(installableEngines["tfjs-node"], { ...machine.surroundings, ...changes });

const INSTALL = "`installEngine` tfjs-node";

describe("an installed engine", () => {
  it("works when all of its parts are there", async () => {
    const findings = await look();
    expect(firstBad(findings)).toBeUndefined();
    expect(findings.map(({ what, found }) => `${what}: ${found}`)).toEqual([
      `installed: ${machine.installation.folder}`,
      "npm package: @tensorflow/tfjs-node 4.22.0",
      "libtensorflow: 2.21.0, from tensorflow-cpu 2.21.0",
      "addon: Node-API 8",
    ]);
  });

  it.each<readonly [string, (machine: FakeMachine) => Promise<unknown>, what: string, found: RegExp]>([
    ["its marker", ({ installation }) => rm(installation.marker), "installed", /not a finished installation/],
    [
      "its npm package",
      ({ installation }) => rm(join(installation.npmPackage, "package.json")),
      "npm package",
      /@tensorflow\/tfjs-node is not in/,
    ],
    [
      "a library",
      ({ installation }) => rm(join(installation.libraries, "libtensorflow_cc.so.2")),
      "libtensorflow",
      /libtensorflow_cc\.so\.2 is missing/,
    ],
    [
      "the end of a library",
      ({ installation, file }) => file(join(installation.libraries, "libtensorflow_cc.so.2"), elf(62, 40)),
      "libtensorflow",
      /40 bytes instead of 64/,
    ],
    ["its addon", ({ installation }) => rm(installation.addon), "addon", /tfjs_binding\.node is missing/],
  ])("that has lost %s is to be installed again", async (_, breakIt, what, found) => {
    await breakIt(machine);
    expect(firstBad(await look())).toMatchObject({
      what,
      found: expect.stringMatching(found),
      hint: expect.stringContaining(INSTALL),
    });
  });

  it("knows a library and an addon for another processor", async () => {
    const { installation, file } = machine;
    await file(installation.addon, elf(183));
    expect(firstBad(await look())).toMatchObject({
      what: "addon",
      found: expect.stringMatching(/for arm64/),
    });
    await file(join(installation.libraries, "libtensorflow_framework.so.2"), elf(183));
    expect(firstBad(await look())).toMatchObject({
      what: "libtensorflow",
      found: "libtensorflow_framework.so.2 is for arm64, not for x64",
    });
  });

  it("knows a Node without the binary interface that the addon needs", async () => {
    expect(firstBad(await look({ node: { version: "12.0.0", nodeApi: 4 } }))).toMatchObject({
      what: "addon",
      found: "it needs Node-API 8, and Node 12.0.0 has 4",
      hint: expect.stringContaining("Install Node"),
    });
  });

  it.each([
    [{ system: "darwin", arch: "arm64", glibc: undefined }, /Linux on x64, and this is darwin on arm64/],
    [{ system: "linux", arch: "x64", glibc: undefined }, /need glibc/],
    [{ system: "linux", arch: "x64", glibc: "2.17" }, /need glibc 2\.27, and this system has 2\.17/],
  ])("does not exist on %o", async (platform, found) => {
    expect(firstBad(await look({ platform }))).toMatchObject({
      what: "system",
      found: expect.stringMatching(found),
      code: "unsupported",
      hint: "The engine auto takes what works here.",
    });
  });
});

describe("an engine that is not installed", () => {
  it("is one command away", async () => {
    await rm(machine.installation.folder, { recursive: true });
    expect(await look()).toEqual([
      { code: "not-installed", what: "installed", ok: false, found: "no", hint: INSTALL },
    ]);
  });

  it("is two commands away where there is no compiler, in the words of the system", async () => {
    await rm(machine.installation.folder, { recursive: true });
    await rm(machine.path("bin/g++"));
    expect(firstBad(await look())?.hint).toBe(`sudo apt install g++, then ${INSTALL}`);
    expect(firstBad(await look({ distribution: ["fedora"] }))?.hint).toMatch(
      /^sudo dnf install gcc-c\+\+, then/,
    );
    expect(
      firstBad(await lookAtPrograms({ ...machine.surroundings, distribution: ["plan9"] })),
    ).toMatchObject({
      what: "C++ compiler",
      hint: "Install g++ or clang++.",
    });
  });
});

describe("the choice of an engine", () => {
  const choose = (wish: object = {}, changes: Partial<Surroundings> = {}) =>
    chooseEngine(
      { engine: "auto", mixedPrecision: "auto", mayRound: true, ...wish },
      { ...machine.surroundings, ...changes },
    );
  const zen4 = { processor: { model: "Zen 4", flags: ["avx2", "avx512_bf16"] } };

  it("is onnx-cpu where the processor has no bfloat16, or the recipe allows none", async () => {
    expect(await choose()).toMatchObject({ name: "onnx-cpu", precision: "float32" });
    expect(await choose({ mayRound: false }, zen4)).toMatchObject({ name: "onnx-cpu", precision: "float32" });
    expect(await choose({ mixedPrecision: "none" }, zen4)).toMatchObject({ name: "onnx-cpu" });
  });

  it("is tfjs-node in bfloat16 where the processor has it", async () => {
    expect(await choose({}, zen4)).toMatchObject({ name: "tfjs-node", precision: "bfloat16" });
    expect(await choose({ engine: "tfjs-node" }, zen4)).toMatchObject({ precision: "bfloat16" });
    expect(await choose({ mixedPrecision: "bfloat16" })).toMatchObject({
      name: "tfjs-node",
      precision: "bfloat16",
    });
  });

  it("is onnx-cpu where bfloat16 is there and slower", async () => {
    const processor = { model: "Intel(R) Xeon(R) Processor", flags: ["avx512f", "avx512_bf16"] };
    expect(await choose({}, { processor })).toMatchObject({ name: "onnx-cpu", precision: "float32" });
    const asked = { engine: "tfjs-node", mixedPrecision: "auto" };
    expect(await choose(asked, { processor })).toMatchObject({ precision: "float32" });
    const tiles = { ...processor, flags: [...processor.flags, "amx_bf16"] };
    expect(await choose({}, { processor: tiles })).toMatchObject({ name: "tfjs-node" });
  });

  it("says what would be faster, where that is not installed", async () => {
    await rm(machine.installation.folder, { recursive: true });
    const { name, reason } = await choose({}, zen4);
    expect(name).toBe("onnx-cpu");
    expect(reason).toContain(`tfjs-node would be faster here: ${INSTALL}`);
  });

  it("never replaces the engine or the precision that was asked for", async () => {
    await expect(choose({ engine: "onnx-cpu", mixedPrecision: "bfloat16" })).rejects.toMatchObject({
      code: "engine-unavailable",
      subject: "mixedPrecision",
    });
    await rm(machine.installation.addon);
    await expect(choose({ engine: "tfjs-node" })).rejects.toMatchObject({
      code: "engine-unavailable",
      message: expect.stringMatching(/tfjs-node does not work here: addon: .*tfjs_binding\.node is missing/),
      hint: expect.stringContaining(INSTALL),
    });
    await expect(choose({ mixedPrecision: "bfloat16" })).rejects.toMatchObject({
      code: "engine-unavailable",
    });
    await expect(choose({ engine: "tpu" })).rejects.toThrow("There is no engine 'tpu'.");
  });
});
