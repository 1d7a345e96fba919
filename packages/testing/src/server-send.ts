import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./server-fault.js";

const TRICKLE_MILLISECONDS = 20;

/** Sends a body as its fault says: all at once, in pieces, up to a cut or a standstill. */
export async function send(
  response: ServerResponse,
  body: Uint8Array,
  { cutAfter, stallAfter, trickle }: Fault,
  signal: AbortSignal,
): Promise<void> {
  const end = Math.min(cutAfter ?? body.length, stallAfter ?? body.length);
  const piece = trickle ?? Math.max(1, end);
  for (let at = 0; at < end; at += piece) {
    if (at > 0) await sleep(TRICKLE_MILLISECONDS, undefined, { signal });
    const part = body.subarray(at, Math.min(at + piece, end));
    await new Promise<void>((resolve) => response.write(part, () => resolve()));
    if (response.destroyed) return;
  }
  if (cutAfter !== undefined) response.destroy();
  else if (stallAfter === undefined) response.end();
}
