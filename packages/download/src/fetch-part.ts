/** One request: goes on with a part file where it ends. */

import { folderFailure } from "@fleuron/files";
import { progress, throttle, type WorkEvent } from "@fleuron/model";
import type { Dispatcher } from "undici";
import { connectionFailure, refusal, unexpected } from "./failures.js";
import type { PartFile } from "./part-file.js";
import type { RemoteFile } from "./remote-file.js";

export interface FetchPartOptions {
  readonly url: string;
  readonly part: PartFile;
  readonly remote: RemoteFile;
  readonly task: string;
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal | undefined;
  /** Called when the host has answered as it should. */
  readonly answered: () => void;
}

/**
 * Asks for what is missing. A server that knows no ranges, or has another version, sends all, and the part
 * file begins again.
 *
 * @throws FleuronError `download-unreachable`, `download-refused`, `download-unexpected`,
 * `download-interrupted`, `disk-full`, `folder-unwritable`; `signal.reason` on abort.
 */
export async function* fetchPart(options: FetchPartOptions): AsyncGenerator<WorkEvent, void> {
  const { url, part, remote, task, dispatcher, signal, answered } = options;
  const have = await part.size();
  const origin = await part.readOrigin();
  const { request } = await import("undici");
  const { statusCode, headers, body } = await request(url, {
    dispatcher,
    signal: signal ?? null,
    headers: {
      "accept-encoding": "identity",
      ...(have > 0 && { range: `bytes=${have}-` }),
      ...(have > 0 && origin?.url === url && { "if-range": origin.etag }),
    },
  }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw connectionFailure(url, cause);
  });
  try {
    const from = beginning(url, statusCode, single(headers["content-range"]), have);
    requireFile(url, remote.bytes - from, headers);
    answered();
    yield* store(from, single(headers.etag));
  } finally {
    // What is not read is of no use, and its failure neither.
    body.on("error", () => undefined).destroy();
  }

  async function* store(from: number, etag: string | undefined): AsyncGenerator<WorkEvent, void> {
    const handle = await part.open(from).catch((cause: unknown) => {
      throw folderFailure(part.path, cause);
    });
    try {
      if (from === 0) await part.writeOrigin(url, etag?.startsWith("W/") ? undefined : etag);
      const due = throttle(remote.bytes);
      let at = from;
      for await (const chunk of received()) {
        if (at + chunk.length > remote.bytes) throw unexpected(url, "more bytes than the file has");
        await handle.writev([chunk], at).catch((cause: unknown) => {
          throw folderFailure(part.path, cause);
        });
        at += chunk.length;
        if (due(at)) yield progress(task, at, remote.bytes, "bytes");
      }
      if (at < remote.bytes) throw connectionFailure(url, new Error("it ended early"));
    } finally {
      await handle.close();
    }
  }

  async function* received(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of body) yield chunk as Uint8Array;
    } catch (cause) {
      signal?.throwIfAborted();
      throw connectionFailure(url, cause);
    }
  }
}

/** The byte that the answer begins with. */
function beginning(url: string, status: number, contentRange: string | undefined, have: number): number {
  if (status === 200) return 0;
  if (status !== 206) throw refusal(url, status);
  const first = Number(/^bytes (\d+)-/.exec(contentRange ?? "")?.[1]);
  if (first !== have) throw unexpected(url, `other bytes than were asked for (${contentRange})`);
  return have;
}

type Headers = Dispatcher.ResponseData["headers"];

/** Pages of log-in portals and of proxies come with status 200. */
function requireFile(url: string, bytes: number, headers: Headers): void {
  const type = single(headers["content-type"]) ?? "";
  const length = single(headers["content-length"]);
  if (/^text\/html/i.test(type)) throw unexpected(url, "a web page");
  if (length !== undefined && Number(length) !== bytes) {
    throw unexpected(url, `${count(length)} bytes instead of ${count(bytes)}`);
  }
}

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
const count = (value: number | string) => Number(value).toLocaleString("en-US");
