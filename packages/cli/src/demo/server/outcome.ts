import type { IncomingHttpHeaders } from "node:http";
import { rangeOf, type Span } from "./ranges.js";
import { namesTag, timeOf, type Validators } from "./validators.js";

/** What a file's request comes to: all of the file, a part, or why nothing is sent. */
export type Outcome =
  | ({ readonly status: 200 | 206 } & Span)
  | { readonly status: 304 }
  /** A condition fails. */
  | { readonly status: 412 }
  /** The range lies beyond the end. */
  | { readonly status: 416 };

export interface FileState extends Validators {
  readonly bytes: number;
}

/** Weighs the conditions in the order of RFC 9110, section 13.2.2, then the range. */
export function outcomeOf(
  { method, headers }: { readonly method: string; readonly headers: IncomingHttpHeaders },
  { etag, modified, bytes }: FileState,
): Outcome {
  if (headers["if-match"] !== undefined) {
    if (!namesTag(headers["if-match"], etag, { weak: false })) return { status: 412 };
  } else if (modified > timeOf(headers["if-unmodified-since"] ?? "")) return { status: 412 };
  if (headers["if-none-match"] !== undefined) {
    if (namesTag(headers["if-none-match"], etag, { weak: true })) return { status: 304 };
  } else if (modified <= timeOf(headers["if-modified-since"] ?? "")) return { status: 304 };
  const whole = { status: 200, start: 0, end: bytes } as const;
  const { range } = headers;
  const ifRange = headers["if-range"]?.toString();
  if (method !== "GET" || range === undefined) return whole;
  if (ifRange !== undefined && ifRange !== etag && timeOf(ifRange) !== modified) return whole;
  const span = rangeOf(range, bytes);
  if (span === "unsatisfiable") return { status: 416 };
  return span === undefined ? whole : { status: 206, ...span };
}
