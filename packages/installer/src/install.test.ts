import { existsSync, promises, type StatsFs } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { progress } from "@fleuron/model";
import { follow } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { engineFolder, markerIn } from "./engine-folder.js";
import type { EngineInstaller, FillOptions } from "./engine-installer.js";
import { readEngineMarker } from "./engine-marker.js";
import { type FakeMachine, fakeMachine } from "./fixtures/fake-machine.js";
import { type InstallOptions, install } from "./install.js";
import { remove } from "./remove.js";

let machine: FakeMachine;
let engines: string;
beforeEach(async () => {
  machine = await fakeMachine();
  engines = machine.surroundings.engines;
});
afterEach(async () => {
  vi.restoreAllMocks();
  await machine[Symbol.asyncDispose]();
});

const contents = { versions: { swift: "1.0" }, source: "the air", libraries: {}, cuda: {} };

/** Leaves a file, and one among the downloads. */
async function* writeFiles(folder: string, { from = "nothing", downloads }: FillOptions) {
  yield progress("writing", 0, 1, "files");
  await machine.file(join(folder, "swift.txt"), from);
  await machine.file(join(downloads, "swift.whl"), "");
  return { ...contents, triedOn: "gpu" as const };
}

const swift = (changes: Partial<EngineInstaller> = {}): EngineInstaller => ({
  name: "swift",
  bytes: 1000,
  unsupported: () => undefined,
  fill: writeFiles,
  ...changes,
});
const installSwift = (changes: Partial<EngineInstaller> = {}, options: InstallOptions = {}) =>
  follow(install(swift(changes), { folder: engines, ...options }));

describe("an engine", () => {
  it("lies in its folder with a marker, and its downloads are gone", async () => {
    const { result } = await installSwift();
    const folder = engineFolder("swift", engines);
    expect(await readFile(join(folder, "swift.txt"), "utf8")).toBe("nothing");
    const { folder: named, ...marker } = result;
    expect(named).toBe(folder);
    expect(marker).toMatchObject({ formatVersion: 1, engine: "swift", ...contents, triedOn: "gpu" });
    expect(await readEngineMarker(markerIn(folder))).toEqual(marker);
    expect(await readdir(engines)).toEqual(["swift"]);
  });

  it("takes the place of the one that was there", async () => {
    await machine.file(join(engineFolder("swift", engines), "old.txt"), "");
    await installSwift();
    expect((await readdir(engineFolder("swift", engines))).sort()).toEqual([
      "fleuron-engine.json",
      "swift.txt",
    ]);
  });

  it("is made from the user's files where it takes any, and leaves them", async () => {
    const from = join(engines, "downloads/given.txt");
    await machine.file(from, "");
    await installSwift({ takesFiles: true }, { from });
    expect(await readFile(join(engineFolder("swift", engines), "swift.txt"), "utf8")).toBe(from);
    expect(existsSync(from)).toBe(true);
    await expect(installSwift({}, { from })).rejects.toMatchObject({
      code: "option-invalid",
      subject: "from",
    });
  });

  it("is made from files in a folder whose name begins as that of the downloads, which are gone", async () => {
    await installSwift({ takesFiles: true }, { from: join(engines, "downloads-mine/given.txt") });
    expect(await readdir(engines)).toEqual(["swift"]);
  });

  it("is not begun where it does not exist", async () => {
    await expect(installSwift({ unsupported: () => "it cannot fly" })).rejects.toMatchObject({
      code: "platform-unsupported",
      message: "The engine swift cannot be installed here: it cannot fly.",
    });
    expect(existsSync(engines)).toBe(false);
  });

  it("is deleted once", async () => {
    await installSwift();
    expect(await remove(swift(), engines)).toBe(engineFolder("swift", engines));
    expect(await readdir(engines)).toEqual([]);
    await expect(remove(swift(), engines)).rejects.toMatchObject({ code: "engine-not-installed" });
  });
});

describe("an installation that fails", () => {
  beforeEach(() => installSwift());

  /** The engine that was there before is whole, and nothing half-made lies beside it. */
  const expectUntouched = async () => {
    expect(await readdir(engines)).toEqual(["swift"]);
    expect(await readEngineMarker(markerIn(engineFolder("swift", engines)))).toMatchObject(contents);
  };

  it("leaves what was there, and what was downloaded", async () => {
    const fill: EngineInstaller["fill"] = async function* (...given) {
      yield* writeFiles(...given);
      throw new Error("it fell");
    };
    await expect(installSwift({ fill })).rejects.toThrow("it fell");
    expect(await readdir(join(engines, "downloads"))).toEqual(["swift.whl"]);
    await rm(join(engines, "downloads"), { recursive: true });
    await expectUntouched();
  });

  it("for lack of room begins nothing", async () => {
    vi.spyOn(promises, "statfs").mockResolvedValue({ bavail: 1000, bsize: 4096 } as StatsFs);
    const fill = vi.fn(writeFiles);
    await expect(installSwift({ bytes: 1.6e9, fill })).rejects.toMatchObject({
      code: "disk-full",
      message: expect.stringMatching(/no room left.*1,600\.0 MB are needed/),
      hint: expect.stringContaining("FLEURON_ENGINES"),
    });
    expect(fill).not.toHaveBeenCalled();
    await expectUntouched();
  });

  it("for a folder that cannot be moved into its place puts the one that was there back", async () => {
    const { rename } = promises;
    let moves = 0;
    vi.spyOn(promises, "rename").mockImplementation(async (from, to) => {
      if (String(to) === engineFolder("swift", engines) && moves++ === 0)
        throw Object.assign(new Error("EBUSY: resource busy"), { code: "EBUSY" });
      await rename(from, to);
    });
    await expect(installSwift()).rejects.toMatchObject({ code: "folder-unwritable" });
    expect(moves).toBe(2);
    await rm(join(engines, "downloads"), { recursive: true });
    await expectUntouched();
  });

  it("for one that was there and cannot be moved leaves it", async () => {
    vi.spyOn(promises, "rename").mockRejectedValue(Object.assign(new Error("EBUSY"), { code: "EBUSY" }));
    await expect(installSwift()).rejects.toMatchObject({ code: "folder-unwritable" });
    await rm(join(engines, "downloads"), { recursive: true });
    await expectUntouched();
  });

  it("by being killed is cleared away by the next one", async () => {
    await mkdir(join(engines, "swift.tmp-0123abcd"));
    await installSwift();
    await expectUntouched();
  });

  it("for a folder that cannot be made says so", async () => {
    await rm(engines, { recursive: true });
    await writeFile(engines, "");
    await expect(installSwift()).rejects.toMatchObject({ code: "folder-unwritable", subject: engines });
  });
});
