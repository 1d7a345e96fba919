// The page and a bundle behind one address.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import sirv from "sirv";
import { cliError } from "../errors.js";
import { HEADERS } from "./headers.js";
import { BUNDLE_PATH, pageFolder } from "./page-folder.js";

export interface ServeDemoOptions {
  /** The bundle's folder. */
  readonly bundle: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly host: string;
}

export interface DemoServer extends AsyncDisposable {
  /** With a slash at the end. */
  readonly url: string;
}

/** @throws FleuronError "address-unusable". */
export async function serveDemo({ bundle, port, host }: ServeDemoOptions): Promise<DemoServer> {
  // Files are looked up when they are asked for, and browsers ask whether what they have is still right: a bundle may
  // be exported again while it is served.
  const options = { dev: true, etag: true, setHeaders };
  const page = sirv(pageFolder(), options);
  const files = sirv(bundle, options);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
      return;
    }
    const missing = () => {
      response
        .writeHead(404, { "Content-Type": "text/plain; charset=utf-8" })
        .end("There is no such file.\n");
    };
    const prefix = `/${BUNDLE_PATH}/`;
    if (!request.url?.startsWith(prefix)) return page(request, response, missing);
    request.url = request.url.slice(prefix.length - 1);
    files(request, response, missing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  }).catch((cause: unknown) => {
    throw cliError("address-unusable", `Nothing can listen on ${host}, port ${port}: ${String(cause)}.`, {
      subject: "--port",
      hint: "Choose another with --port; 0 takes any that is free.",
      cause,
    });
  });
  return {
    url: addressOf(server.address() as AddressInfo),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** For what sirv has no type for: a model's weights. */
function setHeaders(response: ServerResponse, path: string): void {
  if (/\.(onnx|data|bin)$/.test(path)) response.setHeader("Content-Type", "application/octet-stream");
}

/** As a browser takes it. Browsers know "localhost" as secure, and not an address such as 0.0.0.0. */
function addressOf({ address, family, port }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::") return `http://localhost:${port}/`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}/`;
}
