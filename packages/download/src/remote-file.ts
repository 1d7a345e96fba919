/** A file that lies, the same, at one or more places of the web. */
export interface RemoteFile {
  /** Tried in order. */
  readonly urls: readonly string[];
  /** Exact length. */
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** How long a download waits, all in milliseconds. */
export interface DownloadPatience {
  /** For a connection to a host. Default 5,000. */
  readonly connect?: number;
  /** For an answer, and between two pieces of it. Default 15,000. */
  readonly silence?: number;
  /** Before each further attempt after the connection broke; bytes that come start it anew. Default 0.5, 1, 2, 4 s. */
  readonly retries?: readonly number[];
}

export const defaultPatience = {
  connect: 5000,
  silence: 15_000,
  retries: [500, 1000, 2000, 4000],
} as const satisfies Required<DownloadPatience>;
