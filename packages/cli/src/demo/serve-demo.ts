// The page and a bundle behind one address.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { domainToASCII } from "node:url";
import { systemCode } from "@fleuron/files";
import { cliError } from "../errors.js";
import { answer } from "./server/answer.js";
import { pageFiles } from "./server/page-files.js";

export interface ServeDemoOptions {
  /** The bundle's folder. */
  readonly bundle: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly host: string;
  /** Names under which browsers may ask for the page, beside `host`, loopback names and IP addresses. Default none. */
  readonly allowedHosts?: readonly string[];
}

export interface DemoServer extends AsyncDisposable {
  /** With a slash at the end. */
  readonly url: string;
}

/** @throws FleuronError "address-unusable". */
export async function serveDemo({
  bundle,
  port,
  host,
  allowedHosts = [],
}: ServeDemoOptions): Promise<DemoServer> {
  const hosts = new Set([host, ...allowedHosts].map((each) => domainToASCII(each)));
  const page = pageFiles();
  const server = createServer((request, response) => void answer(request, response, { bundle, page, hosts }));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  }).catch((cause: unknown) => {
    throw addressUnusable({ host, port }, cause);
  });
  // From now on an error is one of a connection that could not be accepted: the next one may be.
  server.on("error", () => undefined);
  return {
    url: addressOf(server.address() as AddressInfo),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function addressUnusable({ host, port }: { readonly host: string; readonly port: number }, cause: unknown) {
  const code = systemCode(cause);
  const ofHost = code !== undefined && NO_ADDRESS.has(code);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return cliError("address-unusable", `Nothing can listen on ${host}, port ${port}: ${reason}.`, {
    subject: ofHost ? "host" : "port",
    hint: ofHost
      ? "Name an address of this machine with --host: 127.0.0.1, or 0.0.0.0 for the whole network."
      : "Choose another with --port; 0 takes any that is free.",
    cause,
  });
}

/** What systems say of a name that leads nowhere, and of an address that is another machine's. */
const NO_ADDRESS: ReadonlySet<string> = new Set(["EADDRNOTAVAIL", "EAI_AGAIN", "ENOTFOUND"]);

/** As a browser takes it. Browsers know "localhost" as secure, and not an address such as 0.0.0.0. */
function addressOf({ address, family, port }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::") return `http://localhost:${port}/`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}/`;
}
