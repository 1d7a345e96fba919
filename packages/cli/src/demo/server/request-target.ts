import type { IncomingMessage } from "node:http";

export interface RequestTarget {
  /** The host that the client means, as it was sent, with its port. */
  readonly authority: string;
  /** Undefined where it can be no file's: it steps upwards, is hidden, is no path. */
  readonly path: string | undefined;
}

/** Segments like those that a manifest may name: letters, digits, `_`, `-` and `.`, no dot in front. */
const PATH = /^(\/|(\/[\w-][\w.-]*)+)$/;

/** Reads a target in origin form (`/path`) or absolute form (`http://host/path`), whose host counts before the header's. */
export function requestTarget({
  url = "",
  headers,
}: Pick<IncomingMessage, "url" | "headers">): RequestTarget {
  const [, authority, path = ""] = /^(?:https?:\/\/([^/?#]*))?([^?#]*)/i.exec(url) ?? [];
  return { authority: authority ?? headers.host ?? "", path: pathOf(path) };
}

function pathOf(encoded: string): string | undefined {
  try {
    const path = decodeURIComponent(encoded);
    return PATH.test(path) ? path : undefined;
  } catch {
    // The encoding of no text.
    return undefined;
  }
}
