/** A static server on this machine that can be told to misbehave, path by path. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { contentTypeOf } from "./server-content-types.js";
import { fileAt, type ServedFiles } from "./server-files.js";

export interface StaticServerOptions {
  readonly files: ServedFiles;
  /** Sent with every response. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends the two headers that give a page SharedArrayBuffer. Default false. */
  readonly crossOriginIsolated?: boolean;
}

/** What goes wrong with a path. A new fault is one more field here and one more line in `respond`. */
export interface Fault {
  /** Answers with this status, the contents all the same. */
  readonly status?: number;
  /** Milliseconds before the response begins. */
  readonly delay?: number;
  /** Cuts the connection after so many bytes of the contents, whose whole length was announced. */
  readonly cutAfter?: number;
}

export interface StaticServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** The paths that were asked for, in order, as they came (with query). */
  readonly requests: readonly string[];
  /** Replaces the path's fault; undefined makes it well again. The path has no query. */
  setFault(path: `/${string}`, fault: Fault | undefined): void;
  /** Ends all connections. */
  close(): Promise<void>;
}

const ISOLATION_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export async function startStaticServer(options: StaticServerOptions): Promise<StaticServer> {
  const { files, crossOriginIsolated = false } = options;
  const headers = { ...(crossOriginIsolated && ISOLATION_HEADERS), ...options.headers };
  const faults = new Map<string, Fault>();
  const requests: string[] = [];
  const closing = new AbortController();

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(request.url!);
    const path = decodeURIComponent(new URL(request.url!, "http://127.0.0.1").pathname);
    const { status, delay = 0, cutAfter } = faults.get(path) ?? {};
    if (delay > 0) await sleep(delay, undefined, { signal: closing.signal });
    const found = await fileAt(files, path);
    const body = found ?? new TextEncoder().encode("<!doctype html><title>Not found</title>");
    response.writeHead(status ?? (found ? 200 : 404), {
      "Cache-Control": "no-store",
      "Content-Type": contentTypeOf(found && !path.endsWith("/") ? path : "index.html"),
      "Content-Length": body.length,
      ...headers,
    });
    if (request.method === "HEAD") response.end();
    else if (cutAfter === undefined) response.end(body);
    else response.write(body.subarray(0, cutAfter), () => response.destroy());
  }

  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    closing.abort();
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    setFault(path, fault) {
      if (fault === undefined) faults.delete(path);
      else faults.set(path, fault);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
