import { fork } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RemoteFile } from "@fleuron/download";
import {
  archiveOf,
  flowerArchive,
  follow,
  remoteOf,
  type StaticServer,
  startStaticServer,
} from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fetchFlowers } from "../../dist/datasets/flowers.js";

const patience = { connect: 1000, silence: 300, retries: [5, 5] };

let cacheFolder: string;
let server: StaticServer;
let remote: RemoteFile;

beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), "fleuron-flowers-"));
  await serve(await flowerArchive());
});
afterEach(async () => {
  await server.close();
  await rm(cacheFolder, { recursive: true, force: true });
});

async function serve(archive: Uint8Array): Promise<void> {
  await server?.close();
  server = await startStaticServer({ files: { "/flower_photos.tgz": archive } });
  remote = remoteOf(archive, [`${server.url}/flower_photos.tgz`]);
}

const fetchThem = (signal?: AbortSignal) => follow(fetchFlowers({ cacheFolder, remote, patience, signal }));
const left = () => readdir(join(cacheFolder, "datasets"));

describe("fetchFlowers", () => {
  it("leaves the photos and their authors in the cache, and nothing else", async () => {
    const { result } = await fetchThem();
    expect(result).toBe(join(cacheFolder, "datasets", "flowers"));
    expect((await readdir(result)).sort()).toEqual(["LICENSE.txt", "daisy", "fleuron-dataset.json", "roses"]);
    expect(await readFile(join(result, "LICENSE.txt"), "utf8")).toBe("by Ada and Grace");
    expect(await left()).toEqual(["flowers"]);
  });

  it("asks for nothing the second time", async () => {
    await fetchThem();
    const { events } = await fetchThem();
    expect([events, server.requests.length]).toEqual([[], 1]);
  });

  it.each([
    ["is gone", (file: string) => rm(file)],
    ["was cut", (file: string) => truncate(file, 10)],
  ])("fetches them again when a photo %s", async (_what, spoil) => {
    const { result } = await fetchThem();
    await spoil(join(result, "roses", "1.jpg"));
    await fetchThem();
    expect((await readFile(join(result, "roses", "1.jpg"))).length).toBe(40_000);
  });

  it("takes no notice of what a system puts among them", async () => {
    const { result } = await fetchThem();
    const asked = server.requests.length;
    await writeFile(join(result, ".DS_Store"), "mine");
    await writeFile(join(result, "roses", "Thumbs.db"), "mine");
    await fetchThem();
    expect(server.requests).toHaveLength(asked);
    expect(await readFile(join(result, ".DS_Store"), "utf8")).toBe("mine");
  });

  it("unpacks nothing of an archive with another hash", async () => {
    const hostile = await archiveOf([{ name: "../evil.txt", contents: "x" }]);
    server.setFault("/flower_photos.tgz", {
      contents: Buffer.concat([hostile, Buffer.alloc(remote.bytes - hostile.length)]),
    });
    await expect(fetchThem()).rejects.toMatchObject({ code: "download-damaged" });
    expect(await left()).toEqual([]);
  });

  it("leaves nothing half-made of a hostile archive whose hash is right", async () => {
    await serve(
      await archiveOf([
        { name: "flower_photos/a.jpg", contents: "x" },
        { name: "flower_photos/../evil.txt" },
      ]),
    );
    await expect(fetchThem()).rejects.toMatchObject({ code: "archive-unsafe" });
    expect(await left()).toEqual(["flower_photos.tgz.part", "flower_photos.tgz.part.json"]);
    expect(await readdir(cacheFolder)).toEqual(["datasets"]);
  });

  it("says how much room it needs before it fetches anything", async () => {
    remote = { ...remote, bytes: 1e15 };
    await expect(fetchThem()).rejects.toMatchObject({
      code: "disk-full",
      message: expect.stringContaining("2,100,000,000.0 MB are needed"),
      hint: expect.stringContaining("FLEURON_CACHE"),
    });
    expect(server.requests).toEqual([]);
  });

  it("leaves only what it can go on with when it is aborted", async () => {
    server.setFault("/flower_photos.tgz", { trickle: 10_000 });
    const controller = new AbortController();
    const work = follow(
      fetchFlowers({ cacheFolder, remote, patience, signal: controller.signal }),
      (event) => {
        if (event.type === "progress" && event.completed > 30_000) controller.abort(new Error("enough"));
      },
    );
    await expect(work).rejects.toThrow("enough");
    expect(await left()).toEqual(["flower_photos.tgz.part", "flower_photos.tgz.part.json"]);
    server.setFault("/flower_photos.tgz", undefined);
    expect((await readdir((await fetchThem()).result)).length).toBe(4);
  });

  it("fetches once when another process asks meanwhile", async () => {
    server.setFault("/flower_photos.tgz", { trickle: 10_000 });
    const script = join(cacheFolder, "fetch.mjs");
    const built = new URL("../../dist/datasets/flowers.js", import.meta.url).href;
    await writeFile(
      script,
      `import { fetchFlowers } from ${JSON.stringify(built)};
       const options = ${JSON.stringify({ cacheFolder, remote })};
       for await (const event of fetchFlowers(options)) if (event.code) process.send(event.code);`,
    );
    const own = fetchFlowers({ cacheFolder, remote });
    // While its events are not asked for, it goes no further, and nobody else may begin.
    await own.next();
    const other = fork(script);
    const ended = new Promise((resolve) => other.on("exit", resolve));
    expect(await new Promise((resolve) => other.on("message", resolve))).toBe("folder-busy");
    await follow(own);
    expect(await ended).toBe(0);
    expect(server.requests).toHaveLength(1);
    expect(await left()).toEqual(["flowers"]);
  });
});
