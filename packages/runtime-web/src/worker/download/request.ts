// One GET whose failures have names, and whose body cannot stand still for ever.
import { runtimeError } from "../../errors.js";
import { TransientFailure } from "./retry.js";

/** Where a file is: at an address, or in the page's hands. */
export interface FilePlace {
  /** The address, or the path among the files that were given: what messages call the file. */
  readonly url: string;
  /** What is asked for with the address, such as a token, and is said and kept nowhere. */
  readonly query?: string | undefined;
  /** The file, where it was given. */
  readonly blob?: Blob | undefined;
}

export interface RequestOptions {
  readonly signal: AbortSignal;
  /** Milliseconds without a byte after which the attempt is given up. */
  readonly stallTimeout: number;
  /** The first byte that is wanted. Default 0. A server may send all of them nevertheless. */
  readonly from?: number;
  /** What the browser's HTTP cache may do. Default: what it does for every file. */
  readonly httpCache?: RequestCache | undefined;
}

export interface OpenedResponse {
  /** The place of the body's first byte in the file. A file that ends before it gives no pieces. */
  readonly from: number;
  /** The body piece by piece. Throws a {@link TransientFailure} when the network fails. */
  pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

const TRANSIENT_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * @throws TransientFailure of "network-failed" or "http-status" for what may pass.
 * @throws FleuronError "http-status", "html-instead".
 */
export async function openResponse(
  { url, query = "", blob }: FilePlace,
  options: RequestOptions,
): Promise<OpenedResponse> {
  const { signal, stallTimeout, from = 0, httpCache = "default" } = options;
  const stalled = new AbortController();
  const guard = async <Result>(work: Promise<Result>): Promise<Result> => {
    const timer = setTimeout(() => stalled.abort(), stallTimeout);
    try {
      return await work;
    } catch (cause) {
      signal.throwIfAborted();
      throw networkFailure(url, stalled.signal.aborted ? `no byte came for ${stallTimeout} ms` : cause);
    } finally {
      clearTimeout(timer);
    }
  };

  const response = await guard(
    blob
      ? Promise.resolve(new Response(blob))
      : fetch(url + query, {
          signal: AbortSignal.any([signal, stalled.signal]),
          ...(from > 0 && { headers: { Range: `bytes=${from}-` } }),
          cache: httpCache,
        }),
  );
  // The file ends before `from`.
  const isShorter = response.status === 416;
  if (!isShorter) requireFile(response, url);
  return {
    from: isShorter || response.status === 206 ? from : 0,
    async *pieces() {
      if (isShorter) return;
      const reader = response.body!.getReader();
      try {
        for (;;) {
          const { done, value } = await guard(reader.read());
          if (done) return;
          yield value;
        }
      } finally {
        reader.cancel().catch(() => undefined);
      }
    },
  };
}

function requireFile(response: Response, url: string): void {
  if (!response.ok) {
    const error = runtimeError("http-status", `${url}: the server answered ${response.status}.`, {
      subject: url,
      hint: "Check the address, and that the server has all files of the bundle.",
    });
    throw TRANSIENT_STATUS.has(response.status) ? new TransientFailure(error) : error;
  }
  if (response.headers.get("content-type")?.startsWith("text/html")) {
    throw runtimeError("html-instead", `${url}: the server sent a web page instead of the file.`, {
      subject: url,
      hint: "It has no such file and answers with its index page: check the address.",
    });
  }
}

/** `cause`: what `fetch` threw, or half a sentence. */
export function networkFailure(url: string, cause: unknown): TransientFailure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TransientFailure(
    runtimeError("network-failed", `${url} could not be loaded: ${reason}.`, {
      subject: url,
      hint: "Check the connection; a file on another origin needs its permission (CORS).",
      cause,
    }),
  );
}
