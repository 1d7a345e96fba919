import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { create as createTar } from "tar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChromiumProgress } from "./progress.js";
import { unpackOnce } from "./unpack.js";

let folder: string;
let archives: string;
let cache: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-unpack-"));
  archives = join(folder, "archives");
  cache = join(folder, "cache");
  target = join(cache, "chromium-1");
  await mkdir(archives);
  for (const [archive, file] of [
    ["al2023", "libnss3.so"],
    ["fonts", "sans.ttf"],
    ["swiftshader", "libvulkan.so.1"],
  ] as const) {
    await writeFile(join(archives, file), `contents of ${file}`);
    const tar = createTar({ cwd: archives, sync: true }, [file]).read();
    await writeFile(join(archives, `${archive}.tar.br`), brotliCompressSync(tar!));
  }
  await writeFile(join(archives, "chromium.br"), brotliCompressSync("a browser"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("unpackOnce", () => {
  it("puts the executable, its libraries, fonts and renderer into one folder", async () => {
    await unpackOnce(archives, target);
    expect((await readdir(target)).sort()).toEqual([
      "chromium",
      "fonts.conf",
      "libnss3.so",
      "libvulkan.so.1",
      "sans.ttf",
    ]);
    expect(await readFile(join(target, "chromium"), "utf8")).toBe("a browser");
    expect((await stat(join(target, "chromium"))).mode & 0o111).not.toBe(0);
    expect(await readFile(join(target, "libnss3.so"), "utf8")).toBe("contents of libnss3.so");
  });

  it("reports bytes up to the whole archive", async () => {
    const events: ChromiumProgress[] = [];
    await unpackOnce(archives, target, { onProgress: (event) => events.push(event) });
    expect(events.at(-1)?.completed).toBe((await stat(join(archives, "chromium.br"))).size);
    expect(events.at(-1)?.total).toBe(events.at(-1)?.completed);
  });

  it("lets several unpack at once, and leaves one folder", async () => {
    await Promise.all(Array.from({ length: 4 }, () => unpackOnce(archives, target)));
    expect(await readdir(cache)).toEqual(["chromium-1"]);
    expect(await readFile(join(target, "chromium"), "utf8")).toBe("a browser");
  });

  it("keeps what is unpacked already", async () => {
    await unpackOnce(archives, target);
    await writeFile(join(archives, "chromium.br"), brotliCompressSync("another browser"));
    await unpackOnce(archives, target);
    expect(await readFile(join(target, "chromium"), "utf8")).toBe("a browser");
  });

  it("leaves nothing behind when an archive is damaged", async () => {
    await writeFile(join(archives, "chromium.br"), "not brotli");
    await expect(unpackOnce(archives, target)).rejects.toThrow();
    expect(await readdir(cache)).toEqual([]);
  });

  it("leaves nothing behind when it is aborted", async () => {
    const controller = new AbortController();
    const unpacked = unpackOnce(archives, target, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(unpacked).rejects.toThrow("aborted");
    expect(await readdir(cache)).toEqual([]);
  });

  it("removes what a killed process left an hour ago, and nothing younger", async () => {
    const [old, young] = [`${target}.a.unpacking`, `${target}.b.unpacking`];
    await mkdir(old, { recursive: true });
    await mkdir(young);
    const anHourAgo = Date.now() / 1000 - 3_700;
    await utimes(old, anHourAgo, anHourAgo);
    await unpackOnce(archives, target);
    expect((await readdir(cache)).sort()).toEqual(["chromium-1", "chromium-1.b.unpacking"]);
  });
});
