import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoServer, serveDemo } from "./serve-demo.js";

let folder: string;
let server: DemoServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-demo-"));
  await mkdir(join(folder, "bundle"));
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "bundle/model.onnx.data"), new Uint8Array([1, 2, 3, 4, 5]));
  server = await serveDemo({ bundle: join(folder, "bundle"), port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);
const weights = "bundle/model.onnx.data";

/** As it stands: `fetch` would tidy the path up. */
const rawStatus = (path: string) =>
  new Promise((resolve, reject) => {
    request(server.url, { path }, ({ statusCode }) => resolve(statusCode))
      .on("error", reject)
      .end();
  });

it("serves the page at its address, isolated and with a strict policy", async () => {
  const { status, headers } = await get("");
  expect(status).toBe(200);
  expect(headers.get("content-type")).toMatch(/^text\/html/);
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  const policy = headers.get("content-security-policy");
  expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /);
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
});

it("has the policy that the page itself states, and forbids frames, which a page cannot", async () => {
  const response = await get("");
  const [, stated] = /Content-Security-Policy" content="([^"]+)"/.exec(await response.text())!;
  expect(response.headers.get("content-security-policy")).toBe(`${stated}; frame-ancestors 'none'`);
});

it("sends the types that browsers insist on", async () => {
  const typeOf = async (path: string) => (await get(path, { method: "HEAD" })).headers.get("content-type");
  expect(await typeOf("main.js")).toMatch(/^text\/javascript/);
  expect(await typeOf("ort-wasm-simd-threaded.wasm")).toBe("application/wasm");
  expect(await typeOf("manifest.webmanifest")).toMatch(/^application\/manifest\+json/);
  expect(await typeOf(weights)).toBe("application/octet-stream");
});

describe("the bundle", () => {
  it("is served in parts", async () => {
    const response = await get(weights, { headers: { range: "bytes=2-3" } });
    expect([response.status, response.headers.get("content-range")]).toEqual([206, "bytes 2-3/5"]);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([3, 4]));
    expect((await get(weights, { headers: { range: "bytes=9-" } })).status).toBe(416);
  });

  it("is asked for again only when it has changed", async () => {
    const { headers } = await get(weights);
    expect(headers.get("cache-control")).toBe("no-cache");
    const etag = headers.get("etag")!;
    expect((await get(weights, { headers: { "if-none-match": etag } })).status).toBe(304);
    await writeFile(join(folder, weights), new Uint8Array([6, 7, 8, 9, 10, 11]));
    const changed = await get(weights, { headers: { "if-none-match": etag } });
    expect([changed.status, (await changed.arrayBuffer()).byteLength]).toEqual([200, 6]);
  });
});

it.each([
  "/bundle/../secret.txt",
  "/bundle/..%2fsecret.txt",
  "/bundle/%2e%2e/secret.txt",
  "/bundle/..\\secret.txt",
  "/../../package.json",
  "/..%2f..%2fpackage.json",
])("serves nothing from outside its folders: %s", async (path) => {
  expect(await rawStatus(path)).toBe(404);
});

it("answers 404 for what there is not, as text and not as a page", async () => {
  const response = await get("bundle/nothing.onnx");
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
});

it("only reads", async () => {
  expect((await get(weights, { method: "PUT", body: "x" })).status).toBe(405);
});

it("says which port is taken and how to choose another", async () => {
  const port = Number(new URL(server.url).port);
  await expect(serveDemo({ bundle: folder, port, host: "127.0.0.1" })).rejects.toMatchObject({
    code: "address-unusable",
    message: expect.stringContaining(String(port)),
    hint: expect.stringContaining("--port"),
  });
});
