// Gives a page in Chromium what it needs of this machine: onnxruntime-web, the bundle, the photos of a batch.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";

export interface LoopbackServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What `/input` answers next. */
  setInput(images: Float32Array | Uint8Array): void;
}

const PAGE = '<!doctype html><title>Fleuron</title><script type="module" src="/page/page.js"></script>';

const CONTENT_TYPES: { readonly [extension: string]: string } = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** The isolation that WebAssembly's threads want. */
const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cache-Control": "no-store",
};

/** @param folders what lies below each first step of a path, such as `bundle`. */
export async function startLoopbackServer(
  folders: Readonly<Record<string, string>>,
): Promise<LoopbackServer> {
  let input = new Uint8Array();
  const server = createServer((request, response) => {
    const [first = "", ...rest] = stepsOf(request.url);
    if (first === "") end(response, "text/html", PAGE);
    else if (first === "input") end(response, "application/octet-stream", input);
    else void sendFile(response, folders[first], rest);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("internal: a server without a port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    setInput(images) {
      input = new Uint8Array(images.buffer as ArrayBuffer, images.byteOffset, images.byteLength);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A path's steps; one that cannot be read is in no folder. */
function stepsOf(url = "/"): readonly string[] {
  try {
    return decodeURIComponent(new URL(url, "http://127.0.0.1").pathname).split("/").slice(1);
  } catch {
    return ["unreadable"];
  }
}

function end(response: ServerResponse, type: string, body: string | Uint8Array): void {
  response.writeHead(200, { ...HEADERS, "Content-Type": type }).end(body);
}

async function sendFile(response: ServerResponse, folder: string | undefined, steps: readonly string[]) {
  const path = folder && normalize(join(folder, ...steps));
  const found = path?.startsWith(normalize(`${folder}${sep}`))
    ? await stat(path).catch(() => undefined)
    : undefined;
  if (path === undefined || !found?.isFile()) {
    response.writeHead(404, HEADERS).end();
    return;
  }
  const type = CONTENT_TYPES[extname(path)] ?? "application/octet-stream";
  response.writeHead(200, { ...HEADERS, "Content-Type": type, "Content-Length": found.size });
  createReadStream(path)
    .on("error", () => response.destroy())
    .pipe(response);
}
