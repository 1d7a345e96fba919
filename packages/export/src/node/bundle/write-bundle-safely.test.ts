// What happens to a folder when a bundle cannot be written there, and to what was in it. Threads are started from the
// built package: what is tested here is dist.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, stat, writeFile } from "node:fs/promises";
import { acquireLock, processStart } from "@fleuron/files";
import { MANIFEST_FILE } from "@fleuron/model";
import { openBundle } from "@fleuron/runtime-node";
import { follow } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type WriteBundleOptions, writeBundle } from "../../../dist/node/index.js";
import {
  filesIn,
  smallModel,
  snapshotOf,
  temporaryFolder,
  training,
} from "../../fixtures/temporary-bundle.js";

const model = smallModel();
let lab: Awaited<ReturnType<typeof temporaryFolder>>;
let folder: string;

beforeEach(async () => {
  lab = await temporaryFolder();
  folder = lab.path("bundle");
});
afterEach(() => lab[Symbol.asyncDispose]());

const write = (
  options: Partial<Omit<WriteBundleOptions, "training" | "source">> = {},
  see?: (event: object) => void,
) => follow(writeBundle({ model, training, folder, ...options }), see);

describe("a folder that is no bundle", () => {
  it("is refused, and named for what is in it", async () => {
    await mkdir(folder);
    await writeFile(`${folder}/notes.txt`, "");
    await expect(write()).rejects.toMatchObject({
      code: "bundle-folder-taken",
      message: `${folder} contains something that is not a bundle.`,
    });
    await write({ folder: lab.path("other") });
    await writeFile(lab.path("other", "notes.txt"), "");
    await expect(write({ folder: lab.path("other") })).rejects.toMatchObject({
      message: expect.stringContaining("holds notes.txt"),
    });
    await expect(write({ folder: `${folder}/notes.txt` })).rejects.toMatchObject({
      message: expect.stringContaining("is a file"),
    });
  });

  it("may have hidden files of the system's", async () => {
    await mkdir(folder);
    await writeFile(`${folder}/.DS_Store`, "");
    await write();
    expect(await filesIn(folder)).toContain("model.onnx");
  });

  it("is refused where it has hidden files that are no system's, which stay", async () => {
    await mkdir(lab.path("bundle", ".git"), { recursive: true });
    await writeFile(lab.path("bundle", ".git", "HEAD"), "ref: refs/heads/main");
    await expect(write()).rejects.toMatchObject({ code: "bundle-folder-taken" });
    expect(await readdir(lab.path("bundle", ".git"))).toEqual(["HEAD"]);
  });

  it("is the same one as before where it was empty", async () => {
    await mkdir(folder);
    const { ino } = await stat(folder);
    await write();
    expect((await stat(folder)).ino).toBe(ino);
    expect((await readdir(lab.path())).sort()).toEqual(["bundle"]);
  });

  it("is not replaced, even by force, where more would go with it", async () => {
    await mkdir(lab.path("bundle", "run"), { recursive: true });
    await writeFile(lab.path("bundle", "run", "run.json"), "{}");
    await expect(write({ force: true, keep: [lab.path("bundle", "run")] })).rejects.toMatchObject({
      code: "bundle-folder-protected",
    });
    await expect(write({ force: true, folder: process.cwd() })).rejects.toMatchObject({
      code: "bundle-folder-protected",
    });
    expect(await filesIn(folder)).toEqual(["run", "run/run.json"]);
  });
});

describe("when writing fails, the old bundle stays and nothing else does", () => {
  const untouched = async (work: () => Promise<unknown>, error: object) => {
    await write();
    const before = await snapshotOf(folder);
    await expect(work()).rejects.toMatchObject(error);
    expect(await snapshotOf(folder)).toEqual(before);
    expect(await readdir(lab.path())).toEqual(["bundle"]);
  };

  it("on weights that are no numbers", async () => {
    const weights = new Map(model.weights);
    weights.set("conv2/bias", new Float32Array(weights.get("conv2/bias")!.length).fill(Number.NaN));
    await untouched(() => write({ model: { ...model, weights }, force: true }), {
      code: "weights-invalid",
      subject: "conv2/bias",
    });
  });

  it("on weights that are missing", async () => {
    const weights = new Map(model.weights);
    weights.delete("dense3/kernel");
    await untouched(() => write({ model: { ...model, weights } }), { subject: "dense3/kernel" });
  });

  it("when it is aborted after its first bytes", async () => {
    const controller = new AbortController();
    const abort = (event: object) => {
      if ("completed" in event && event.completed !== 0) controller.abort(new Error("enough"));
    };
    const options = { format: "all", precisions: ["float32", "int8"], signal: controller.signal } as const;
    await untouched(() => write(options, abort), { message: "enough" });
  });

  it("when it is aborted before, or while, its models are written, and nothing keeps the process alive", async () => {
    const ports = () => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
    const before = ports();
    const options = { format: "all", precisions: ["float32", "float16", "int8"] } as const;
    for (const events of [1, 2, 4]) {
      const controller = new AbortController();
      let seen = 0;
      const abort = () => ++seen === events && controller.abort(new Error("enough"));
      await untouched(() => write({ ...options, signal: controller.signal }, abort), { message: "enough" });
      await expect.poll(ports, { message: `after ${events} events` }).toBe(before);
    }
  });

  it("on a full disk", async (context) => {
    await mkdir(lab.path("disk"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=600k", "tmpfs", lab.path("disk")], {
        stdio: "ignore",
      });
    } catch {
      context.skip("a disk could not be mounted: only root may");
    }
    try {
      folder = lab.path("disk", "bundle");
      await write();
      const before = await snapshotOf(folder);
      const work = write({ format: "all", precisions: ["float32", "float16"] });
      await expect(work).rejects.toMatchObject({ code: "disk-full" });
      expect(await snapshotOf(folder)).toEqual(before);
      expect(await readdir(lab.path("disk"))).toEqual(["bundle"]);
    } finally {
      execFileSync("umount", [lab.path("disk")]);
    }
  });
});

describe("several that write to one folder at once", () => {
  it("wait for each other, and each adds its models", async () => {
    const precisions = [["float32"], ["float16"], ["int8"]] as const;
    await Promise.all(precisions.map((each) => write({ precisions: each })));
    const { manifest } = await openBundle(folder);
    expect(manifest.models.map(({ precision }) => precision)).toEqual(["float32", "float16", "int8"]);
    await write({ precisions: ["int8"] });
    expect(await readdir(lab.path())).toEqual(["bundle"]);
  });

  it("are refused but for the first where they have other weights", async () => {
    const results = await Promise.allSettled([write(), write({ model: smallModel(2) })]);
    const failed = results.filter(({ status }) => status === "rejected");
    expect(failed).toMatchObject([{ reason: { code: "bundle-folder-taken" } }]);
    expect(await readdir(lab.path())).toEqual(["bundle"]);
  });

  it("are waited for no longer than the signal allows", async () => {
    await using _ = await acquireLock(folder, `${folder}.fleuron-lock`);
    const controller = new AbortController();
    const seen: object[] = [];
    const waiting = write({ signal: controller.signal }, (event) => {
      seen.push(event);
      controller.abort(new Error("enough"));
    });
    await expect(waiting).rejects.toThrow("enough");
    expect(seen).toMatchObject([{ code: "folder-busy", message: expect.stringContaining(`${process.pid}`) }]);
  });
});

describe("what a killed process left", () => {
  /** Larger than any process may have. */
  const DEAD = 2 ** 30;
  const startOf = (pid: number) =>
    createHash("sha256")
      .update(processStart(pid) ?? "")
      .digest("hex")
      .slice(0, 8);

  it("is swept, and what a living one writes is not", async () => {
    const living = `bundle.tmp-${process.ppid}-${startOf(process.ppid)}-0123abcd`;
    await mkdir(`${folder}.tmp-${DEAD}-${startOf(DEAD)}-0123abcd`, { recursive: true });
    // Of one that had this process's number before it.
    await mkdir(`${folder}.tmp-${process.pid}-${startOf(DEAD)}-0123abcd`, { recursive: true });
    await mkdir(lab.path(living), { recursive: true });
    await mkdir(`${folder}.tmp-mine`);
    await write();
    expect((await readdir(lab.path())).sort()).toEqual(["bundle", living, "bundle.tmp-mine"]);
  });

  it("is completed where it had put some files into the folder and no further", async () => {
    await write({ precisions: ["float32", "int8"] });
    const before = await snapshotOf(folder);
    const rest = `${folder}.new-${DEAD}-${startOf(DEAD)}-0123abcd`;
    await mkdir(rest);
    for (const name of ["model.int8.onnx", MANIFEST_FILE])
      await rename(lab.path("bundle", name), `${rest}/${name}`);
    await write({ precisions: ["float16"] });
    const { manifest } = await openBundle(folder);
    expect(manifest.models.map(({ precision }) => precision)).toEqual(["float32", "float16", "int8"]);
    const kept = before.filter(([name]) => name !== MANIFEST_FILE);
    expect(await snapshotOf(folder)).toEqual(expect.arrayContaining(kept));
    expect(await readdir(lab.path())).toEqual(["bundle"]);
  });

  it("is removed where its folder is gone", async () => {
    await mkdir(`${folder}.new-${DEAD}-${startOf(DEAD)}-0123abcd`);
    await write();
    expect(await readdir(lab.path())).toEqual(["bundle"]);
  });

  it("is put back where it had moved a bundle away and no further", async () => {
    await write();
    const before = await snapshotOf(folder);
    await rename(folder, `${folder}.old-${DEAD}-${startOf(DEAD)}-0123abcd`);
    await write({ precisions: ["int8"] });
    const { manifest } = await openBundle(folder);
    expect(manifest.models).toHaveLength(2);
    expect(await snapshotOf(folder)).toEqual(
      expect.arrayContaining(before.filter(([name]) => name === "model.onnx")),
    );
  });
});

describe("a bundle whose new files cannot all take their places", () => {
  it("is as it was", async () => {
    await write();
    await mkdir(`${folder}/tfjs-graph/model.json`, { recursive: true });
    const before = await snapshotOf(folder);
    await expect(write({ format: "all", singleFile: true, input: "bytes" })).rejects.toMatchObject({
      code: "file-unwritable",
    });
    expect(await snapshotOf(folder)).toEqual(before);
    expect((await readdir(lab.path())).filter((name) => name !== "bundle")).toEqual([]);
  });
});
