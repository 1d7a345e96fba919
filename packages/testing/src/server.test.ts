import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type StaticServer, startStaticServer } from "./server.js";

const FILES = { "/index.html": "<h1>Fleuron</h1>", "/a b.bin": new Uint8Array([1, 2, 3, 4]) } as const;

let server: StaticServer;

afterEach(() => server.close());

async function contentType(path: string): Promise<string | null> {
  return (await fetch(server.url + path)).headers.get("content-type");
}

describe("startStaticServer", () => {
  it("serves contents by path, with index.html for a folder", async () => {
    server = await startStaticServer({ files: FILES });
    expect(await (await fetch(`${server.url}/`)).text()).toBe("<h1>Fleuron</h1>");
    const bytes = await (await fetch(`${server.url}/a%20b.bin?v=1`)).arrayBuffer();
    expect(new Uint8Array(bytes)).toEqual(FILES["/a b.bin"]);
    expect(server.requests).toEqual(["/", "/a%20b.bin?v=1"]);
  });

  it("answers what it does not have as static hosts do: 404 and a page", async () => {
    server = await startStaticServer({ files: FILES });
    const response = await fetch(`${server.url}/model.onnx`);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toMatch(/^text\/html/);
    expect((await fetch(`${server.url}/constructor`)).status).toBe(404);
  });

  it("serves a folder, and nothing outside it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fleuron-server-"));
    try {
      await mkdir(join(folder, "public/sub"), { recursive: true });
      await writeFile(join(folder, "public/sub/..data.txt"), "inside");
      await writeFile(join(folder, "secret.txt"), "outside");
      server = await startStaticServer({ files: join(folder, "public") });
      expect(await (await fetch(`${server.url}/sub/..data.txt`)).text()).toBe("inside");
      expect((await fetch(`${server.url}/sub`)).status).toBe(404);
      expect((await fetch(`${server.url}/..%2fsecret.txt`)).status).toBe(404);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("sends the types that browsers insist on", async () => {
    const files = { "/a.wasm": "", "/a.mjs": "", "/a.js": "", "/a.onnx": "", "/A.HTML": "" };
    server = await startStaticServer({ files });
    expect(await contentType("/a.wasm")).toBe("application/wasm");
    expect(await contentType("/a.mjs")).toMatch(/^text\/javascript/);
    expect(await contentType("/a.js")).toMatch(/^text\/javascript/);
    expect(await contentType("/a.onnx")).toBe("application/octet-stream");
    expect(await contentType("/A.HTML")).toMatch(/^text\/html/);
  });

  it("sends the headers of cross-origin isolation, and others, when asked", async () => {
    server = await startStaticServer({
      files: FILES,
      crossOriginIsolated: true,
      headers: { "Content-Security-Policy": "default-src 'self'" },
    });
    const { headers } = await fetch(`${server.url}/`);
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(headers.get("content-security-policy")).toBe("default-src 'self'");
  });

  it("answers HEAD with the length and no contents", async () => {
    server = await startStaticServer({ files: FILES });
    const response = await fetch(`${server.url}/a%20b.bin`, { method: "HEAD" });
    expect(response.headers.get("content-length")).toBe("4");
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });
});

describe("a request for a part", () => {
  const ask = (headers: Record<string, string>) => fetch(`${server.url}/a%20b.bin`, { headers });

  it("gets the rest from a byte on", async () => {
    server = await startStaticServer({ files: FILES });
    const response = await ask({ range: "bytes=1-" });
    expect([response.status, response.headers.get("content-range")]).toEqual([206, "bytes 1-3/4"]);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([2, 3, 4]));
    expect((await ask({ range: "bytes=4-" })).status).toBe(416);
    await ask({});
    expect(server.ranges).toEqual(["bytes=1-", "bytes=4-", undefined]);
  });

  it("gets all when the file is another, or when ranges are ignored", async () => {
    server = await startStaticServer({ files: FILES });
    const etag = (await ask({})).headers.get("etag")!;
    expect((await ask({ range: "bytes=1-", "if-range": etag })).status).toBe(206);
    expect((await ask({ range: "bytes=1-", "if-range": '"another"' })).status).toBe(200);
    server.setFault("/a b.bin", { ignoreRange: true });
    expect((await ask({ range: "bytes=1-" })).status).toBe(200);
  });
});

describe("a fault", () => {
  it("changes the status until it is taken back", async () => {
    server = await startStaticServer({ files: FILES });
    server.setFault("/index.html", { status: 503 });
    expect((await fetch(`${server.url}/index.html`)).status).toBe(503);
    server.setFault("/index.html", undefined);
    expect((await fetch(`${server.url}/index.html`)).status).toBe(200);
  });

  it("cuts the connection after the given bytes", async () => {
    server = await startStaticServer({ files: FILES });
    server.setFault("/a b.bin", { cutAfter: 3 });
    const response = await fetch(`${server.url}/a%20b.bin`);
    expect(response.headers.get("content-length")).toBe("4");
    const reader = response.body!.getReader();
    expect((await reader.read()).value).toEqual(new Uint8Array([1, 2, 3]));
    await expect(reader.read()).rejects.toThrow();
  });

  it("is over after the given number of requests", async () => {
    server = await startStaticServer({ files: FILES });
    server.setFault("/index.html", { status: 503, times: 2 });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await fetch(`${server.url}/index.html`)).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it("sends other contents, with other headers, in small pieces", async () => {
    server = await startStaticServer({ files: FILES });
    server.setFault("/a b.bin", { contents: "log in", headers: { "Content-Type": "text/html" }, trickle: 2 });
    const started = performance.now();
    const response = await fetch(`${server.url}/a%20b.bin`);
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(await response.text()).toBe("log in");
    expect(performance.now() - started).toBeGreaterThan(30);
  });

  it("stands still after the given bytes, and leaves the connection open", async () => {
    server = await startStaticServer({ files: FILES });
    server.setFault("/a b.bin", { stallAfter: 3 });
    const reader = (await fetch(`${server.url}/a%20b.bin`)).body!.getReader();
    expect((await reader.read()).value).toEqual(new Uint8Array([1, 2, 3]));
    const next = reader.read().catch(() => "closed");
    expect(await Promise.race([next, new Promise((r) => setTimeout(() => r("waiting"), 100))])).toBe(
      "waiting",
    );
    await server.close();
    expect(await next).toBe("closed");
  });

  it("delays the response", async () => {
    server = await startStaticServer({ files: FILES });
    server.setFault("/", { delay: 100 });
    const started = performance.now();
    await fetch(`${server.url}/`);
    expect(performance.now() - started).toBeGreaterThan(95);
  });
});

describe("close", () => {
  it("ends open connections and delayed responses, and may be called twice", async () => {
    server = await startStaticServer({ files: FILES });
    server.setFault("/", { delay: 60_000 });
    const failure = new Promise((resolve) => httpRequest(server.url).on("error", resolve).end());
    await expect.poll(() => server.requests).toEqual(["/"]);
    await server.close();
    expect(await failure).toMatchObject({ code: "ECONNRESET" });
    await expect(fetch(server.url)).rejects.toThrow();
    await server.close();
  });
});
