// Workers are started from the built package: what is tested here is dist.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flowerArchive, follow, remoteOf, type StaticServer, startStaticServer } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findDataset } from "../../dist/index.js";

let cacheFolder: string;
let server: StaticServer;
let options: NonNullable<Parameters<typeof findDataset>[1]>;

beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), "fleuron-find-"));
  const archive = await flowerArchive();
  server = await startStaticServer({ files: { "/flowers.tgz": archive } });
  const patience = { connect: 1000, silence: 300, retries: [5] };
  options = {
    cacheFolder,
    remote: remoteOf(archive, [`${server.url}/flowers.tgz`]),
    patience,
    drawnCount: 10,
    threads: 1,
  };
});
afterEach(async () => {
  await server.close();
  await rm(cacheFolder, { recursive: true, force: true });
});

const find = (data?: string) => follow(findDataset(data, options));
const flowers = () => ({
  name: "flowers",
  folder: join(cacheFolder, "datasets", "flowers"),
  fallback: false,
});

describe("findDataset", () => {
  it("takes a folder as it is, and asks for nothing", async () => {
    const { result } = await find("photos");
    expect(result).toEqual({ name: "folder", folder: join(process.cwd(), "photos"), fallback: false });
    expect(server.requests).toEqual([]);
  });

  it("fetches the flowers when nothing is given, or their name", async () => {
    expect((await find()).result).toEqual(flowers());
    expect((await find("flowers")).result).toEqual(flowers());
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["refuses", { status: 403 }],
    ["shows a page to log in", { contents: "<html>", headers: { "Content-Type": "text/html" } }],
    ["gives other bytes", { contents: new Uint8Array(10) }],
  ])("says loudly that it draws when the host %s", async (_what, fault) => {
    server.setFault("/flowers.tgz", fault);
    const { events, result } = await find();
    expect(result).toMatchObject({ name: "procedural", fallback: true });
    expect(events).toContainEqual(
      expect.objectContaining({
        code: "training-on-drawn-pictures",
        message: expect.stringMatching(/127\.0\.0\.1.*TRAINING ON DRAWN PICTURES.*`data`/),
      }),
    );
  });

  it("does not draw when the flowers were asked for by name", async () => {
    await server.close();
    await expect(find("flowers")).rejects.toMatchObject({ code: "download-unreachable" });
  });

  it("draws when asked to, without a warning", async () => {
    const { events, result } = await find("procedural");
    expect(result).toMatchObject({ name: "procedural", fallback: false });
    expect(events.filter(({ type }) => type === "warning")).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it("does not hide that the disk is full behind drawn pictures", async () => {
    options = { ...options, remote: { ...remoteOf(new Uint8Array(1), [server.url]), bytes: 1e15 } };
    await expect(find()).rejects.toMatchObject({ code: "disk-full" });
  });
});
