// The published package in the hands of those who use it: bundlers, no bundler, strict pages, servers.
import { execFile } from "node:child_process";
import { cp, readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { launchChromium } from "@fleuron/chromium";
import { drawFlower, encodeJpeg, startStaticServer } from "@fleuron/testing";
import * as esbuild from "esbuild";
import type { Browser } from "playwright-core";
import { publint } from "publint";
import { createServer, build as viteBuild } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import webpack from "webpack";
import { newProject, type Project } from "./fixtures/install.js";
import { makeUpBundle, type TestBundle } from "./fixtures/made-up-bundle.js";

const STRICT = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  // The page's own empty icon.
  "img-src data:",
].join("; ");

const page = (script: string) =>
  `<!doctype html><title>working</title><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;

/** Writes into the title what came of it. */
const app = `
import { loadClassifier } from "@fleuron/runtime-web";
const work = async () => {
  const classifier = await loadClassifier("/bundle/");
  const { predictions } = await classifier.classify("/photo.jpg");
  const { executionProvider } = classifier;
  await classifier.dispose();
  return executionProvider + " named " + predictions.length;
};
work().then((title) => { document.title = title; }, (error) => { document.title = String(error); });
`;

let browser: Browser;
let bundle: TestBundle;
let project: Project;
let data: Record<`/${string}`, Uint8Array>;

beforeAll(async () => {
  browser = await launchChromium();
  bundle = await makeUpBundle();
  data = {
    ...Object.fromEntries(Object.entries(bundle.files).map(([path, bytes]) => [`/bundle${path}`, bytes])),
    "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })),
  };
  project = await newProject({
    "app.js": app,
    "index.html": page("/app.js"),
    "server.js": 'import { loadClassifier } from "@fleuron/runtime-web"; console.log(typeof loadClassifier);',
  });
});
afterAll(async () => {
  await browser.close();
  await project[Symbol.asyncDispose]();
  await bundle[Symbol.asyncDispose]();
});

/** What becomes of the page when a folder and the bundle are served as a strict site, with threads. */
async function titleOf(folder: string): Promise<string> {
  const files = Object.fromEntries(
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/${relative(folder, path)}`, path] as const),
  );
  const contents = await Promise.all(
    Object.entries(files).map(async ([path, file]) => [path, await readFile(file)] as const),
  );
  await using server = await startStaticServer({
    crossOriginIsolated: true,
    headers: { "Content-Security-Policy": STRICT },
    files: { "/index.html": page("/app.js"), ...data, ...Object.fromEntries(contents) },
  });
  return await open(server.url);
}

async function open(url: string): Promise<string> {
  const tab = await browser.newPage();
  const complaints: string[] = [];
  tab.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  tab.on("pageerror", (error) => complaints.push(String(error)));
  await tab.goto(url);
  await expect.poll(() => tab.title(), { timeout: 240_000 }).not.toBe("working");
  const title = await tab.title();
  await tab.close();
  return [title, ...complaints].join("\n");
}

describe("on a page with a strict content security policy", () => {
  it("works without a bundler", async () => {
    const site = await newProject({ "app.js": app.replace("@fleuron/runtime-web", "./fleuron/fleuron.js") });
    await cp(join(project.folder, "node_modules/@fleuron/runtime-web/dist"), join(site.folder, "fleuron"), {
      recursive: true,
    });
    expect(await titleOf(site.folder)).toBe("wasm named 5");
    await site[Symbol.asyncDispose]();
  });

  it("works when built by Vite", async () => {
    await viteBuild({ root: project.folder, logLevel: "silent", build: { outDir: "vite" } });
    expect(await titleOf(join(project.folder, "vite"))).toBe("wasm named 5");
  });

  it("works when built by webpack", async () => {
    const compiler = webpack({
      mode: "production",
      context: project.folder,
      entry: "./app.js",
      output: { path: join(project.folder, "webpack"), filename: "app.js" },
      performance: false,
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    expect(stats?.toJson({ all: false, errors: true, warnings: true })).toMatchObject({
      errors: [],
      warnings: [],
    });
    expect(await titleOf(join(project.folder, "webpack"))).toBe("wasm named 5");
  });

  it("works when built by esbuild, the package's files beside the bundle", async () => {
    const outdir = join(project.folder, "esbuild");
    await esbuild.build({
      absWorkingDir: project.folder,
      entryPoints: ["app.js"],
      bundle: true,
      format: "esm",
      outdir,
      logLevel: "silent",
    });
    const dist = join(project.folder, "node_modules/@fleuron/runtime-web/dist");
    for (const file of ["fleuron-wasm.js", "ort-wasm-simd-threaded.wasm"]) {
      await cp(join(dist, file), join(outdir, file));
    }
    expect(await titleOf(outdir)).toBe("wasm named 5");
  });
});

it("works in Vite's development server", async () => {
  await using site = await startStaticServer({ files: data });
  const server = await createServer({
    root: project.folder,
    logLevel: "silent",
    server: { port: 0, host: "127.0.0.1", proxy: { "/bundle": site.url, "/photo.jpg": site.url } },
  });
  await server.listen();
  try {
    expect(await open(server.resolvedUrls!.local[0]!)).toBe("wasm named 5");
  } finally {
    await server.close();
  }
});

describe("in Node, where pages are rendered on servers", () => {
  it("can be imported in silence", async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["server.js"], {
      cwd: project.folder,
    });
    expect({ stdout, stderr }).toEqual({ stdout: "function\n", stderr: "" });
  });

  it("says that a classifier needs a browser", async () => {
    const { loadClassifier } = await import("./index.js");
    await expect(loadClassifier("/bundle/")).rejects.toMatchObject({ code: "browser-unsupported" });
  });
});

it("is published as it should be", async () => {
  const { messages } = await publint({ pkgDir: fileURLToPath(new URL("..", import.meta.url)), strict: true });
  expect(messages).toEqual([]);
});
