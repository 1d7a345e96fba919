import { execFileSync } from "node:child_process";
import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { mkdir, mkdtemp, open, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { encodeManifest, type Manifest } from "@fleuron/model";
import { exchange, oddRequests, problemOf, requestText } from "@fleuron/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fakeBundles } from "../fixtures/fake-bundles.js";
import { type DemoServer, serveDemo } from "./serve-demo.js";

const { manifest: fake } = await fakeBundles().runtime.openBundle("bundle");
const [model] = fake.models;

/** A bundle whose one model lies in these files. */
const manifestOf = (...paths: readonly string[]): Manifest => ({
  ...fake,
  models: [{ ...model!, files: paths.map((path) => ({ ...model!.files[0]!, path })) }],
});

/** The address of this machine's own name, where it has one that leads somewhere. */
const address = await lookup(hostname()).catch(() => undefined);

let folder: string;
let bundle: string;
let server: DemoServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-demo-"));
  bundle = join(folder, "bundle");
  await mkdir(bundle);
  await writeFile(join(folder, "secret.txt"), "secret");
  server = await serveDemo({ bundle, port: 0, host: "127.0.0.1", allowedHosts: ["Flowers.example.org"] });
});
beforeEach(async () => {
  await writeManifest("model.onnx", "model.onnx.data");
  await writeFile(join(folder, weights), new Uint8Array([1, 2, 3, 4, 5]));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const writeManifest = (...paths: readonly string[]) =>
  writeFile(join(bundle, "fleuron.json"), encodeManifest(manifestOf(...paths)));
const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);
const statusOf = async (path: string) => (await get(path)).status;
const weights = "bundle/model.onnx.data";
const port = () => Number(new URL(server.url).port);

/** With the target and the hosts as they are: `fetch` would tidy them up. */
const raw = async (target: string, ...hosts: readonly string[]) => {
  const host = hosts.map((each) => `Host: ${each}`);
  return exchange({ text: requestText({ target, host }) }, { port: port() });
};

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

it.each(["", "learn.html"])(
  "has the policy that the page '%s' itself states, and forbids frames, which a page cannot",
  async (path) => {
    const response = await get(path);
    const [, stated] = /Content-Security-Policy" content="([^"]+)"/.exec(await response.text())!;
    expect(response.headers.get("content-security-policy")).toBe(`${stated}; frame-ancestors 'none'`);
  },
);

it("sends the types that browsers insist on", async () => {
  const typeOf = async (path: string) => (await get(path, { method: "HEAD" })).headers.get("content-type");
  expect(await typeOf("index.html")).toBe("text/html; charset=utf-8");
  expect(await typeOf("main.js")).toMatch(/^text\/javascript/);
  expect(await typeOf("ort-wasm-simd-threaded.wasm")).toBe("application/wasm");
  expect(await typeOf("manifest.webmanifest")).toMatch(/^application\/manifest\+json/);
  expect(await typeOf("bundle/fleuron.json")).toBe("application/json");
  expect(await typeOf(weights)).toBe("application/octet-stream");
});

describe("the page", () => {
  const asked = async (host: string, headers: Record<string, string>) => {
    const path = "/main.js";
    const sent = request({
      port: port(),
      host: "127.0.0.1",
      agent: false,
      path,
      headers: { host, ...headers },
    }).end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const pieces = (await response.toArray()) as Buffer[];
    return { statusCode: response.statusCode, headers: response.headers, contents: Buffer.concat(pieces) };
  };
  const brotli = { "accept-encoding": "gzip, br" };

  it("is compressed for browsers on other machines, if they accept it, and for nobody else", async () => {
    const plain = await asked("localhost", brotli);
    expect(plain.headers).not.toHaveProperty("content-encoding");
    expect(plain.headers).not.toHaveProperty("vary");
    for (const host of ["flowers.example.org", "192.168.1.7"]) {
      const compressed = await asked(host, brotli);
      expect(compressed.headers).toMatchObject({
        "content-encoding": "br",
        vary: "Accept-Encoding",
        "content-type": plain.headers["content-type"],
        "content-length": String(compressed.contents.length),
      });
      expect(compressed.contents.length).toBeLessThan(plain.contents.length / 2);
      expect(brotliDecompressSync(compressed.contents)).toEqual(plain.contents);
    }
    const refused = await asked("flowers.example.org", { "accept-encoding": "gzip" });
    expect(refused.headers).not.toHaveProperty("content-encoding");
    expect(refused.headers.vary).toBe("Accept-Encoding");
    expect(refused.contents).toEqual(plain.contents);
  });

  it("has a tag for each form, by which both are asked for again only when they have changed", async () => {
    const plain = await asked("localhost", brotli);
    const compressed = await asked("flowers.example.org", brotli);
    expect(compressed.headers.etag).not.toBe(plain.headers.etag);
    const again = { ...brotli, "if-none-match": compressed.headers.etag! };
    expect((await asked("flowers.example.org", again)).statusCode).toBe(304);
    expect((await asked("localhost", again)).statusCode).toBe(200);
  });

  it("is sent in parts as it is", async () => {
    const part = await asked("flowers.example.org", { ...brotli, range: "bytes=2-3" });
    expect(part.headers).not.toHaveProperty("content-encoding");
    expect([part.statusCode, part.contents.length]).toEqual([206, 2]);
  });
});

describe("the bundle", () => {
  it("is served in parts", async () => {
    const response = await get(weights, { headers: { range: "bytes=2-3" } });
    expect([response.status, response.headers.get("content-range")]).toEqual([206, "bytes 2-3/5"]);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([3, 4]));
    const beyond = await get(weights, { headers: { range: "bytes=9-" } });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */5"]);
  });

  it("is sent compressed to those who accept that, where it lies so beside, and to nobody else", async () => {
    const compressed = brotliCompressSync(new Uint8Array([1, 2, 3, 4, 5]));
    await writeFile(join(bundle, "model.onnx.data.br"), compressed);
    const [file] = manifestOf("model.onnx.data").models[0]!.files;
    const form = { ...file!, coding: "br" as const, path: "model.onnx.data.br" };
    const models = [{ ...model!, files: [{ ...file!, compressed: [form] }] }];
    await writeFile(join(bundle, "fleuron.json"), encodeManifest({ ...fake, formatVersion: 3, models }));
    const sent = async (accepted: string) => {
      const asked = { "accept-encoding": accepted };
      const { status, headers } = await get(weights, { method: "HEAD", headers: asked });
      const { "content-encoding": coding, "content-length": length, vary } = Object.fromEntries(headers);
      return [status, coding, Number(length), vary];
    };
    expect(await sent("gzip, br")).toEqual([200, "br", compressed.length, "Accept-Encoding"]);
    expect(await sent("gzip")).toEqual([200, undefined, 5, "Accept-Encoding"]);
    expect(new Uint8Array(await (await get(weights)).arrayBuffer())).toEqual(new Uint8Array([1, 2, 3, 4, 5]));
    expect((await get(weights, { headers: { range: "bytes=2-3" } })).headers.get("content-range")).toBe(
      "bytes 2-3/5",
    );
    expect(await statusOf("bundle/model.onnx.data.br")).toBe(404);
    await rm(join(bundle, "model.onnx.data.br"));
    expect(await sent("br")).toEqual([200, undefined, 5, "Accept-Encoding"]);
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

  it("is never mixed with what took its place: the rest of an older file is the whole of the new one", async () => {
    const { headers } = await get(weights);
    const range = { range: "bytes=2-", "if-range": headers.get("etag")! };
    expect((await get(weights, { headers: range })).status).toBe(206);
    await writeFile(join(folder, "written"), new Uint8Array([5, 4, 3, 2, 1]));
    await rename(join(folder, "written"), join(folder, weights));
    const changed = await get(weights, { headers: range });
    expect([changed.status, new Uint8Array(await changed.arrayBuffer())]).toEqual([
      200,
      new Uint8Array([5, 4, 3, 2, 1]),
    ]);
  });

  it("is what its manifest lists, and nothing else that lies there", async () => {
    await writeFile(join(bundle, ".env"), "secret");
    await writeFile(join(bundle, "notes.txt"), "secret");
    await mkdir(join(bundle, "tfjs-graph"), { recursive: true });
    await writeFile(join(bundle, "tfjs-graph/model.json"), "{}");
    await writeManifest("model.onnx.data", "tfjs-graph/model.json");
    expect(
      await Promise.all([weights, "bundle/tfjs-graph/model.json", "bundle/fleuron.json"].map(statusOf)),
    ).toEqual([200, 200, 200]);
    expect(
      await Promise.all(
        ["bundle/.env", "bundle/notes.txt", "bundle/tfjs-graph", "bundle/", "bundle"].map(statusOf),
      ),
    ).toEqual([404, 404, 404, 404, 404]);
  });

  it("is read anew: what a later manifest lists is served", async () => {
    await writeFile(join(bundle, "model.int8.onnx"), "model");
    expect(await statusOf("bundle/model.int8.onnx")).toBe(404);
    await writeManifest("model.int8.onnx");
    expect(await statusOf("bundle/model.int8.onnx")).toBe(200);
    expect(await statusOf(weights)).toBe(404);
  });

  it("has no file but its manifest while that is none, so that the page can say so", async () => {
    await writeFile(join(bundle, "fleuron.json"), '{"models": [{"files": [{"path": "../secret.txt"}]}]}');
    expect(await statusOf("bundle/fleuron.json")).toBe(200);
    expect(await statusOf(weights)).toBe(404);
    await rm(join(bundle, "fleuron.json"));
    expect(await statusOf("bundle/fleuron.json")).toBe(404);
    expect(await statusOf(weights)).toBe(404);
  });

  it("may link to its own files, and to none outside", async () => {
    await symlink("model.onnx.data", join(bundle, "inside"));
    await symlink("../secret.txt", join(bundle, "outside"));
    await symlink("circle", join(bundle, "circle"));
    await symlink("..", join(bundle, "parent"));
    await writeManifest("inside", "outside", "circle", "parent/secret.txt");
    const paths = ["bundle/inside", "bundle/outside", "bundle/circle", "bundle/parent/secret.txt"];
    expect(await Promise.all(paths.map(statusOf))).toEqual([200, 404, 404, 404]);
  });

  it.skipIf(process.platform === "win32")("has no folders and pipes, for which nobody waits", async () => {
    await mkdir(join(bundle, "folder"));
    execFileSync("mkfifo", [join(bundle, "pipe")]);
    await writeManifest("folder", "pipe");
    expect(await Promise.all(["bundle/folder", "bundle/pipe"].map(statusOf))).toEqual([404, 404]);
  });

  it.skipIf(process.getuid?.() === 0)("says which file cannot be read", async () => {
    await (await open(join(folder, weights))).chmod(0);
    expect(await statusOf(weights)).toBe(500);
  });
});

describe("a file that changes while it is sent", () => {
  const BYTES = 32 * 1024 * 1024;

  /** An answer of which the client has read a little. */
  async function begun(): Promise<IncomingMessage> {
    await rm(join(folder, weights), { force: true });
    await writeFile(join(folder, weights), "");
    await truncate(join(folder, weights), BYTES);
    const [response] = (await once(request(server.url + weights).end(), "response")) as [IncomingMessage];
    await once(response, "readable");
    return response;
  }
  const lengthOf = async (response: IncomingMessage) => {
    let length = 0;
    for await (const piece of response) length += (piece as Uint8Array).length;
    return length;
  };

  it("is sent as it was when it goes away", async () => {
    const response = await begun();
    await rm(join(folder, weights));
    expect(await lengthOf(response)).toBe(BYTES);
  });

  it("breaks off when it has become shorter, and the next request is answered", async () => {
    const response = await begun();
    await truncate(join(folder, weights), 1000);
    await expect(lengthOf(response)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect((await (await get(weights)).arrayBuffer()).byteLength).toBe(1000);
  });

  it("is nobody's when the client has gone", async () => {
    (await begun()).destroy();
    expect(await statusOf("")).toBe(200);
  });
});

it.each([
  "/bundle/../secret.txt",
  "/bundle/..%2fsecret.txt",
  "/bundle/%2e%2e/secret.txt",
  "/bundle/..\\secret.txt",
  "/../../package.json",
  "/..%2f..%2fpackage.json",
  "/index.html/",
  "/index.html%00",
  "/%",
  "/samples",
  "//index.html",
])("serves nothing from outside its folders: %s", async (path) => {
  expect((await raw(path, "localhost"))?.status).toBe(404);
});

it("answers 404 for what there is not, as text and not as a page", async () => {
  const response = await get("bundle/nothing.onnx");
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
});

it("only reads", async () => {
  expect((await get(weights, { method: "PUT", body: "x" })).status).toBe(405);
});

describe("hosts", () => {
  it("are this machine's names, IP addresses, and those that are allowed", async () => {
    for (const host of [
      "localhost:1",
      "[::1]",
      "10.0.0.7:8227",
      "flowers.example.org",
      "FLOWERS.example.org:443",
    ])
      expect((await raw("/", host))?.status).toBe(200);
  });

  it("are no others: the answer says what allows them, and nothing of the page", async () => {
    const answer = await raw("/", "example.org:8227");
    expect(answer?.status).toBe(403);
    expect(Buffer.from(answer!.body).toString()).toBe(
      'This page is not served as "example.org": other websites could read it under a name of theirs. ' +
        "If the name is yours, start the server with --allow-host example.org\n",
    );
  });

  it("are those of the target, where it has one", async () => {
    expect((await raw("http://example.org/", "localhost"))?.status).toBe(403);
    expect((await raw("http://localhost/index.html", "example.org"))?.status).toBe(200);
  });

  it("are one", async () => {
    expect((await raw("/"))?.status).toBe(400);
    expect((await raw("/", "localhost", "example.org"))?.status).toBe(400);
  });

  it.skipIf(address === undefined)("have the name that the server was told to listen on", async () => {
    await using other = await serveDemo({ bundle, port: 0, host: hostname() });
    const text = requestText({ target: "/", host: [`Host: ${hostname()}`] });
    const options = { host: address!.address, port: Number(new URL(other.url).port) };
    expect((await exchange({ text }, options))?.status).toBe(200);
  });
});

it("answers odd requests as it should, and is there after each", async () => {
  const contents = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
  await writeFile(join(folder, weights), contents);
  const file = { path: `/${weights}`, bytes: contents.length };
  const problems: string[] = [];
  for (const each of oddRequests({ seed: 1, count: 200, file })) {
    const problem = problemOf(each, await exchange(each, { port: port() }), contents);
    if (problem !== undefined) problems.push(problem);
  }
  expect(problems).toEqual([]);
});

it("says that an address is none of this machine, and how to choose another", async () => {
  await expect(serveDemo({ bundle: folder, port: 0, host: "192.0.2.1" })).rejects.toMatchObject({
    code: "address-unusable",
    subject: "host",
    message: expect.stringMatching(/^Nothing can listen on 192\.0\.2\.1, port 0: listen EADDRNOTAVAIL/),
    hint: expect.stringContaining("--host"),
  });
});

it("says which port is taken and how to choose another", async () => {
  const taken = port();
  await expect(serveDemo({ bundle: folder, port: taken, host: "127.0.0.1" })).rejects.toMatchObject({
    code: "address-unusable",
    message: expect.stringContaining(String(taken)),
    hint: expect.stringContaining("--port"),
  });
});
