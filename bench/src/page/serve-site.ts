// A folder behind a connection of so many megabits a second, its files in brotli where that form lies beside them.
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { contentCodings } from "@fleuron/model";

export interface SiteServer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  /** The bytes of contents that were sent of each path since the server began. */
  readonly sent: ReadonlyMap<string, number>;
}

const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cache-Control": "no-store",
};

/** The types that browsers insist on. */
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Bytes that go out at once: 13 ms at 10 megabits a second. */
const PIECE_BYTES = 16_384;

/** @param megabits a second, which all requests share. Default: as fast as it goes. */
export async function serveSite(folder: string, megabits?: number): Promise<SiteServer> {
  const sent = new Map<string, number>();
  const line = megabits === undefined ? undefined : sharedLine(megabits);
  const server = createServer(async ({ url = "/" }, response) => {
    const path = new URL(url, "http://localhost").pathname;
    const name = join(folder, path === "/" ? "index.html" : path);
    const compressed = await readFile(name + contentCodings.br).catch(() => undefined);
    const contents = compressed ?? (await readFile(name).catch(() => undefined));
    if (contents === undefined) return void response.writeHead(404, HEADERS).end();
    response.writeHead(200, {
      ...HEADERS,
      "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
      "Content-Length": contents.length,
      ...(compressed && { "Content-Encoding": "br" }),
    });
    for (let at = 0; at < contents.length && !response.destroyed; at += PIECE_BYTES) {
      const piece = contents.subarray(at, at + PIECE_BYTES);
      await line?.(piece.length);
      await write(response, piece);
      sent.set(path, (sent.get(path) ?? 0) + piece.length);
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Waits until so many bytes have gone through the line, after all those that were announced before. */
function sharedLine(megabits: number): (bytes: number) => Promise<void> {
  const bytesPerMillisecond = (megabits * 1e6) / 8 / 1000;
  let free = 0;
  return async (bytes) => {
    const now = performance.now();
    free = Math.max(free, now) + bytes / bytesPerMillisecond;
    await sleep(free - now);
  };
}

const write = (response: ServerResponse, piece: Uint8Array) =>
  new Promise<void>((resolve) => response.write(piece, () => resolve()));
