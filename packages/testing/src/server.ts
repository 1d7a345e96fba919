/** A static server on this machine that can be made to misbehave, path by path. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { contentTypeOf } from "./server-content-types.js";
import type { Fault } from "./server-fault.js";
import { bytesOf, fileAt, type ServedFiles } from "./server-files.js";
import { etagOf, rangeOf } from "./server-ranges.js";
import { send } from "./server-send.js";

export interface StaticServerOptions {
  readonly files: ServedFiles;
  /** Sent with every response. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends the two headers that give a page SharedArrayBuffer. Default false. */
  readonly crossOriginIsolated?: boolean;
}

export interface StaticServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** The paths that were asked for, in order, as they came (with query). */
  readonly requests: readonly string[];
  /** What part of the file was asked for by each of them: the `Range` header, or undefined for all of it. */
  readonly ranges: readonly (string | undefined)[];
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
  const ranges: (string | undefined)[] = [];
  const closing = new AbortController();

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(request.url!);
    ranges.push(request.headers.range);
    const path = decodeURIComponent(new URL(request.url!, "http://127.0.0.1").pathname);
    const fault = takeFault(path);
    if (fault.delay) await sleep(fault.delay, undefined, { signal: closing.signal });
    const found = fault.contents === undefined ? await fileAt(files, path) : bytesOf(fault.contents);
    const whole = found ?? bytesOf("<!doctype html><title>Not found</title>");
    const etag = etagOf(whole);
    const wanted = fault.ignoreRange || !found ? undefined : rangeOf(request.headers, whole.length, etag);
    if (wanted === "unsatisfiable") {
      response.writeHead(416, { "Content-Range": `bytes */${whole.length}` }).end();
      return;
    }
    const body = wanted === undefined ? whole : whole.subarray(wanted);
    response.writeHead(fault.status ?? (found ? (wanted === undefined ? 200 : 206) : 404), {
      "Cache-Control": "no-store",
      "Content-Type": contentTypeOf(found && !path.endsWith("/") ? path : "index.html"),
      "Content-Length": body.length,
      "Accept-Ranges": "bytes",
      ETag: etag,
      ...(wanted !== undefined && {
        "Content-Range": `bytes ${wanted}-${whole.length - 1}/${whole.length}`,
      }),
      ...headers,
      ...fault.headers,
    });
    if (request.method === "HEAD") response.end();
    else await send(response, body, fault, closing.signal);
  }

  function takeFault(path: string): Fault {
    const fault = faults.get(path);
    if (fault?.times === undefined) return fault ?? {};
    if (fault.times <= 0) return {};
    faults.set(path, { ...fault, times: fault.times - 1 });
    return fault;
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
    ranges,
    setFault(path, fault) {
      if (fault === undefined) faults.delete(path);
      else faults.set(path, fault);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
