import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { lookup } from "mrmime";
import type { OpenFile } from "./open-file.js";
import { outcomeOf } from "./outcome.js";
import type { Span } from "./ranges.js";
import { sendText } from "./send-text.js";
import type { SentFile } from "./sent-file.js";
import { validatorsOf } from "./validators.js";

const PIECE_BYTES = 256 * 1024;

/**
 * Answers with a file, a part of it, or that it has not changed. The file stays open.
 * @param path for its type.
 * @throws what reading it throws, and Error where it has become shorter; bytes may have been sent by then.
 */
export async function sendFile(
  { method = "GET", headers }: IncomingMessage,
  response: ServerResponse,
  { handle, stats, coding, varies, contents }: SentFile,
  path: string,
): Promise<void> {
  const bytes = contents?.length ?? Number(stats.size);
  const validators = validatorsOf(stats, coding);
  const outcome = outcomeOf({ method, headers }, { ...validators, bytes });
  response.setHeader("ETag", validators.etag);
  response.setHeader("Last-Modified", new Date(validators.modified).toUTCString());
  response.setHeader("Accept-Ranges", "bytes");
  if (coding !== undefined) response.setHeader("Content-Encoding", coding);
  if (varies) response.setHeader("Vary", "Accept-Encoding");
  // Browsers keep it, and ask whether it is still right.
  response.setHeader("Cache-Control", "no-cache");
  if (outcome.status === 304) response.writeHead(304).end();
  else if (outcome.status === 412) sendText(response, 412, "The file has changed.");
  else if (outcome.status === 416) {
    response.setHeader("Content-Range", `bytes */${bytes}`);
    sendText(response, 416, `The file has ${bytes} bytes.`);
  } else {
    const { status, start, end } = outcome;
    if (status === 206) response.setHeader("Content-Range", `bytes ${start}-${end - 1}/${bytes}`);
    response.writeHead(status, { "Content-Type": typeOf(path), "Content-Length": end - start });
    if (method === "HEAD") response.end();
    else if (contents) response.end(contents.subarray(start, end));
    else await pipeline(piecesOf(handle, outcome), response);
  }
}

async function* piecesOf(handle: OpenFile["handle"], { start, end }: Span): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; ) {
    const length = Math.min(PIECE_BYTES, end - at);
    const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, at);
    // The length has been announced: to end here would leave the client waiting for the rest.
    if (bytesRead === 0) throw new Error(`The file has become shorter: ${at} of ${end} bytes.`);
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** A model's weights have no type of their own. */
function typeOf(path: string): string {
  const type = lookup(path) ?? "application/octet-stream";
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}
