import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Fault, follow, remoteOf, type StaticServer, startStaticServer } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { download } from "./download.js";
import type { DownloadPatience, RemoteFile } from "./remote-file.js";

const contents = randomBytes(400_000);
const patience: DownloadPatience = { connect: 1000, silence: 300, retries: [5, 5, 5] };

let folder: string;
let file: string;
let server: StaticServer;
let remote: RemoteFile;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-download-"));
  file = join(folder, "photos.tgz");
  server = await startStaticServer({ files: { "/photos.tgz": contents, "/other.tgz": contents } });
  remote = remoteOf(contents, [`${server.url}/photos.tgz`]);
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const fault = (what: Fault) => server.setFault("/photos.tgz", what);
const fetchIt = (signal?: AbortSignal) => follow(download({ remote, file, patience, signal }));
const left = () => readdir(folder);

/** Bytes of the first progress: those that were there, and some. */
async function bytesTold(): Promise<number> {
  const { events, result } = await fetchIt();
  expect(contents.equals(await readFile(result))).toBe(true);
  const first = events.find(({ type }) => type === "progress");
  return first?.type === "progress" ? first.completed : 0;
}

async function expectWhole(): Promise<void> {
  const { result } = await fetchIt();
  expect(contents.equals(await readFile(result))).toBe(true);
}

describe("download", () => {
  it("gives the file, and tells each byte once", async () => {
    fault({ trickle: 100_000 });
    const { events, result } = await fetchIt();
    expect(contents.equals(await readFile(result))).toBe(true);
    const bytes = events.flatMap((event) => (event.type === "progress" ? [event] : []));
    expect(bytes.filter(({ task }) => task === "downloading photos.tgz").at(-1)).toMatchObject({
      completed: contents.length,
      total: contents.length,
      unit: "bytes",
    });
    const counts = bytes
      .filter(({ task }) => task.startsWith("downloading"))
      .map(({ completed }) => completed);
    expect(counts).toEqual([...counts].sort((one, other) => one - other));
  });

  it("goes on where a cut connection left it", async () => {
    fault({ cutAfter: 150_000, times: 2 });
    await expectWhole();
    expect(server.requests).toHaveLength(3);
  });

  it("goes on after a standstill", async () => {
    fault({ stallAfter: 150_000, times: 1 });
    await expectWhole();
  });

  it("goes on with what an earlier process left, without asking for it again", async () => {
    await writeFile(`${file}.part`, contents.subarray(0, 300_000));
    fault({ trickle: 20_000 });
    expect(await bytesTold()).toBeGreaterThan(300_000);
  });

  it("asks for nothing when all bytes are there", async () => {
    await writeFile(`${file}.part`, contents);
    await expectWhole();
    expect(server.requests).toEqual([]);
  });

  it("begins again where the server ignores ranges", async () => {
    await writeFile(`${file}.part`, contents.subarray(0, 300_000));
    fault({ ignoreRange: true });
    await expectWhole();
  });

  it("begins again when the server has another version than it began with", async () => {
    await writeFile(`${file}.part`, randomBytes(300_000));
    await writeFile(`${file}.part.json`, JSON.stringify({ url: remote.urls[0], etag: '"older"' }));
    await expectWhole();
    expect(server.requests).toHaveLength(1);
  });

  it("fetches all again when what an earlier process left is damaged", async () => {
    await writeFile(`${file}.part`, randomBytes(300_000));
    const { events, result } = await fetchIt();
    expect(contents.equals(await readFile(result))).toBe(true);
    expect(events).toContainEqual(expect.objectContaining({ type: "warning", code: "download-damaged" }));
  });

  it("replaces a part file that is longer than the file", async () => {
    await writeFile(`${file}.part`, randomBytes(contents.length + 1));
    await expectWhole();
  });

  it("waits and tries again while the host is too busy", async () => {
    fault({ status: 503, times: 3 });
    await expectWhole();
  });

  it("gives up, says why, and keeps what came", async () => {
    fault({ stallAfter: 50_000, ignoreRange: true });
    await expect(fetchIt()).rejects.toMatchObject({
      code: "download-interrupted",
      message: expect.stringContaining("stopped sending"),
      subject: remote.urls[0],
    });
    expect((await readFile(`${file}.part`)).length).toBe(50_000);
  });

  it("takes the next host when the first one cannot be reached, and says so", async () => {
    const closed = await startStaticServer({ files: {} });
    await closed.close();
    remote = remoteOf(contents, [`${closed.url}/photos.tgz`, `${server.url}/other.tgz`]);
    const { events } = await fetchIt();
    expect(events).toContainEqual(
      expect.objectContaining({
        code: "download-next-host",
        message: expect.stringMatching(/cannot be reached: it refuses connections\. Trying 127/),
      }),
    );
  });

  it("notices a name that is not known at once", async () => {
    remote = remoteOf(contents, ["http://fleuron.invalid/photos.tgz"]);
    const started = performance.now();
    await expect(fetchIt()).rejects.toMatchObject({ code: "download-unreachable" });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("does not wait longer than it may for a host that says nothing", async () => {
    fault({ delay: 60_000 });
    const started = performance.now();
    await expect(fetchIt()).rejects.toMatchObject({
      code: "download-unreachable",
      message: expect.stringContaining("does not answer"),
    });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it.each([
    ["a web page", { contents: "<html>log in", headers: { "Content-Type": "text/html" } }, /a web page/],
    ["another length", { contents: randomBytes(1234) }, /1,234 bytes instead of 400,000/],
    ["a part that was not asked for", { status: 206 }, /other bytes than were asked for/],
  ] as const)("refuses %s", async (_what, lie, message) => {
    fault(lie);
    await expect(fetchIt()).rejects.toMatchObject({
      code: "download-unexpected",
      message: expect.stringMatching(message),
    });
    expect(server.requests).toHaveLength(1);
    expect(await left()).toEqual([]);
  });

  it.each([403, 404])("refuses status %i at once", async (status) => {
    fault({ status });
    await expect(fetchIt()).rejects.toMatchObject({
      code: "download-refused",
      message: expect.stringContaining(` answers ${status} `),
    });
    expect(server.requests).toHaveLength(1);
  });

  it("refuses other bytes of the same length, and keeps none of them", async () => {
    fault({ contents: randomBytes(contents.length) });
    await expect(fetchIt()).rejects.toMatchObject({
      code: "download-damaged",
      message: expect.stringContaining("SHA-256"),
    });
    expect(await left()).toEqual([]);
  });

  it("stops when it is aborted, with the reason, and goes on from there the next time", async () => {
    fault({ trickle: 20_000 });
    const controller = new AbortController();
    const work = follow(download({ remote, file, patience, signal: controller.signal }), (event) => {
      if (event.type === "progress" && event.completed >= 60_000) controller.abort(new Error("enough"));
    });
    await expect(work).rejects.toThrow("enough");
    const kept = (await readFile(`${file}.part`)).length;
    expect(kept).toBeGreaterThanOrEqual(60_000);
    expect(kept).toBeLessThan(contents.length);
    expect(await bytesTold()).toBeGreaterThan(kept);
  });

  it("says so when the folder cannot be made", async () => {
    await writeFile(join(folder, "file"), "");
    const work = follow(download({ remote, file: join(folder, "file/photos.tgz"), patience }));
    await expect(work).rejects.toMatchObject({ code: "folder-unwritable" });
  });
});
