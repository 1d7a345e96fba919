import type { ServerResponse } from "node:http";

/** Answers with a line of text. */
export function sendText(response: ServerResponse, status: number, line: string): void {
  const text = Buffer.from(`${line}\n`);
  response
    .writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Content-Length": text.length })
    .end(text);
}
