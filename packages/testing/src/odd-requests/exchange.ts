import { connect } from "node:net";
import type { OddRequest } from "./odd-request.js";

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface ExchangeOptions {
  readonly host?: string;
  readonly port: number;
  /** Milliseconds without a byte after which the server is taken to stall. Default 10,000. */
  readonly patience?: number;
}

/**
 * Sends a text as it is over a connection of its own, and gives the answer when the server has closed it.
 * @returns undefined where the connection was closed without an answer.
 * @throws Error when the server stalls.
 */
export function exchange(
  { text, afterwards = "wait" }: Pick<OddRequest, "text" | "afterwards">,
  { host = "127.0.0.1", port, patience = 10_000 }: ExchangeOptions,
): Promise<RawAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    const socket = connect(port, host, () => {
      socket.write(text, "latin1", () => {
        if (afterwards === "end") socket.end();
        if (afterwards === "destroy") socket.destroy();
      });
    });
    socket.setTimeout(patience, () => {
      reject(new Error(`No byte in ${patience} ms: ${JSON.stringify(text.slice(0, 200))}`));
      socket.destroy();
    });
    socket.on("data", (piece) => pieces.push(piece));
    // Refused connections are reported; one that is cut shows by what came of its answer.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") reject(error);
    });
    socket.on("close", () => resolve(parse(Buffer.concat(pieces))));
  });
}

function parse(bytes: Buffer): RawAnswer | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return { status: Number(statusLine.split(" ")[1]), headers, body: bytes.subarray(end + 4) };
}
