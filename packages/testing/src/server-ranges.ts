/** Requests for the rest of a file: `Range: bytes=N-`, guarded by `If-Range`. */
import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** A strong one, of the contents. */
export const etagOf = (contents: Uint8Array): string =>
  `"${createHash("sha256").update(contents).digest("hex").slice(0, 16)}"`;

/** The first byte that is wanted; undefined: all of them. */
export function rangeOf(
  headers: IncomingHttpHeaders,
  length: number,
  etag: string,
): number | "unsatisfiable" | undefined {
  const [, first] = /^bytes=(\d+)-$/.exec(headers.range ?? "") ?? [];
  if (first === undefined) return undefined;
  if (headers["if-range"] !== undefined && headers["if-range"] !== etag) return undefined;
  return Number(first) < length ? Number(first) : "unsatisfiable";
}
