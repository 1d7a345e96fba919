/** Downloads a file whose length and hash are known, however often that takes. */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { folderFailure, makeFolder } from "@fleuron/files";
import { FleuronError, progress, type WorkEvent, warning } from "@fleuron/model";
import { downloadError } from "./errors.js";
import { mayPass } from "./failures.js";
import { fetchPart } from "./fetch-part.js";
import { PartFile } from "./part-file.js";
import { type DownloadPatience, defaultPatience, type RemoteFile } from "./remote-file.js";

export interface DownloadOptions {
  readonly remote: RemoteFile;
  /** Where it would lie; its bytes come into `<file>.part`. */
  readonly file: string;
  readonly patience?: DownloadPatience;
  readonly signal?: AbortSignal | undefined;
}

const MAX_REDIRECTIONS = 3;

/**
 * Fetches what is missing of `<file>.part`, checks all of it, and returns its path. Only one process may do
 * so at a time. A proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name is used. When it fails, or the
 * consumer leaves, the part file stays as far as it came, unless it is known to be wrong.
 *
 * @throws FleuronError, of the last of the hosts, as `fetchPart` does; `download-damaged`; `signal.reason`.
 */
export async function* download(options: DownloadOptions): AsyncGenerator<WorkEvent, string> {
  const { remote, file, signal } = options;
  const { connect, silence, retries } = { ...defaultPatience, ...options.patience };
  const part = new PartFile(file);
  // Loaded by what downloads only: a tenth of a second that every command would wait for.
  const { EnvHttpProxyAgent, interceptors } = await import("undici");
  const agent = new EnvHttpProxyAgent({
    connect: { timeout: connect },
    headersTimeout: silence,
    bodyTimeout: silence,
  });
  const dispatcher = agent.compose(interceptors.redirect({ maxRedirections: MAX_REDIRECTIONS }));
  const task = `downloading ${path.basename(file)}`;
  try {
    await makeFolder(path.dirname(file)).catch((cause: unknown) => {
      throw folderFailure(path.dirname(file), cause);
    });
    for (const [index, url] of remote.urls.entries()) {
      try {
        yield* fromHost(url);
        return part.path;
      } catch (error) {
        if (!(error instanceof FleuronError) || !error.code.startsWith("download-")) throw error;
        if (index === remote.urls.length - 1) throw error;
        yield warning(
          "download-next-host",
          `${error.message} Trying ${new URL(remote.urls[index + 1]!).host}.`,
        );
      }
    }
    throw new Error("internal: a remote file has at least one address");
  } finally {
    await agent.destroy();
  }

  /** Bytes of an earlier attempt may be what is wrong: then all of them are fetched once more. */
  async function* fromHost(url: string): AsyncGenerator<WorkEvent, void> {
    const resumed = (await part.size()) > 0;
    yield* whole(url);
    if (yield* verified()) return;
    await part.delete();
    if (!resumed) throw damaged(url);
    yield warning(
      "download-damaged",
      `The partial download of ${path.basename(file)} was damaged: fetching it again.`,
    );
    yield* whole(url);
    if (yield* verified()) return;
    await part.delete();
    throw damaged(url);
  }

  async function* whole(url: string): AsyncGenerator<WorkEvent, void> {
    let answered = false;
    let failures = 0;
    for (;;) {
      const before = await part.size();
      if (before === remote.bytes) return;
      if (before > remote.bytes) await part.delete();
      try {
        yield* fetchPart({
          url,
          part,
          remote,
          task,
          dispatcher,
          signal,
          answered: () => {
            answered = true;
          },
        });
      } catch (error) {
        if (!(error instanceof FleuronError)) throw error;
        // Nothing but the part file can be out of range.
        if (error.code === "download-refused" && error.cause === 416) await part.delete();
        else if (!mayPass(error, answered)) throw error;
        if ((await part.size()) > before) failures = 0;
        if (failures >= retries.length) throw error;
        await pause(retries[failures++]!);
      }
    }
  }

  async function* verified(): AsyncGenerator<WorkEvent, boolean> {
    yield progress(`checking ${path.basename(file)}`, 0, remote.bytes, "bytes");
    const right = (await part.hash(signal)) === remote.sha256;
    if (right) yield progress(`checking ${path.basename(file)}`, remote.bytes, remote.bytes, "bytes");
    return right;
  }

  async function pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
    signal?.throwIfAborted();
  }
}

const damaged = (url: string) =>
  downloadError("download-damaged", `${url}: checksum mismatch (SHA-256).`, {
    subject: url,
    hint: "The file was changed on its way or replaced on the server. Nothing of it was kept.",
  });
