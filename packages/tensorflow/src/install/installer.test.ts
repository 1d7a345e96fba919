import { promises } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { install as installEngine } from "@fleuron/installer";
import { follow, installedEngine } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { elf, type FakeMachine, fakeMachine } from "../../dist/fixtures/index.js";
import { tensorflowModule } from "../../dist/index.js";

let machine: FakeMachine;
let engines: string;
beforeEach(async () => {
  machine = await fakeMachine();
  engines = machine.surroundings.engines;
  vi.stubEnv("PATH", machine.path("bin"));
  vi.stubEnv("CXX", "");
  const library = machine.path("library");
  await machine.file(join(library, "include/tensorflow/c/eager/c_api.h"), "");
  await machine.file(join(library, "libtensorflow_cc.so.2"), elf());
  await machine.file(join(library, "libtensorflow_framework.so.2"), elf());
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await machine[Symbol.asyncDispose]();
});

const { installer } = tensorflowModule("tfjs-node");
const install = (options: { readonly signal?: AbortSignal } = {}) =>
  follow(installEngine(installer, { from: machine.path("library"), folder: engines, ...options }));

/** The engine that was there before is whole, and nothing half-made lies beside it. */
async function expectUntouched(): Promise<void> {
  expect(await readdir(engines)).toEqual(["tfjs-node"]);
  expect(await readFile(machine.installation.marker, "utf8")).toContain("2026-11-23T13:45:00.000Z");
}

describe.skipIf(process.platform !== "linux" || process.arch !== "x64")("installing an engine", () => {
  it.each<readonly [string, () => Promise<unknown>, object]>([
    [
      "there is no compiler",
      () => rm(machine.path("bin/g++")),
      { code: "program-missing", message: /no C\+\+ compiler/, hint: /apt install g\+\+/ },
    ],
    [
      "there is no npm",
      () => rm(machine.path("bin/npm")),
      { code: "program-missing", message: /npm was not found/ },
    ],
    [
      "npm fails",
      () => machine.program("npm", "echo 'npm error code EINTEGRITY' >&2; exit 1"),
      {
        code: "program-failed",
        message: /npm could not fetch @tensorflow\/tfjs-node: npm error code EINTEGRITY/,
      },
    ],
    [
      "the compiler fails",
      () => machine.program("g++", "echo 'fatal error: c_api.h' >&2; exit 1"),
      { code: "program-failed", message: /could not compile the addon: fatal error: c_api\.h/ },
    ],
    [
      "libtensorflow lacks a function",
      () =>
        machine.program(
          "g++",
          `echo "warning: undefined reference to \\\`TF_LoadSessionFromSavedModel'" >&2`,
        ),
      { code: "library-unfit", message: /no function TF_LoadSessionFromSavedModel/ },
    ],
    [
      "what was built cannot be loaded",
      async () => undefined,
      { code: "engine-check-failed", message: /was installed and does not work: Cannot find module/ },
    ],
  ])("leaves what was there when %s", async (_, breakIt, expected) => {
    await breakIt();
    const matching = Object.entries(expected).map(([key, value]) => [
      key,
      value instanceof RegExp ? expect.stringMatching(value) : value,
    ]);
    await expect(install()).rejects.toMatchObject(Object.fromEntries(matching));
    await expectUntouched();
  });

  it("leaves what was there when the disk fills up meanwhile", async () => {
    const { copyFile } = promises;
    vi.spyOn(promises, "copyFile").mockImplementation(async (from, to) => {
      if (String(to).endsWith("libtensorflow_cc.so.2"))
        throw Object.assign(new Error("no space left on device"), { code: "ENOSPC", syscall: "copyfile" });
      await copyFile(from, to);
    });
    await expect(install()).rejects.toMatchObject({ code: "disk-full" });
    await expectUntouched();
  });

  it("stops when it is aborted, and leaves what was there", async () => {
    await machine.program("npm", "exec /bin/sleep 30");
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 300);
    await expect(install({ signal: controller.signal })).rejects.toThrow("enough");
    await expectUntouched();
  });
});

it("lies where other packages' tests look for it", () => {
  vi.stubEnv("FLEURON_ENGINES", engines);
  expect(installedEngine("tfjs-node")).toBe(join(machine.installation.folder, "package.json"));
});
