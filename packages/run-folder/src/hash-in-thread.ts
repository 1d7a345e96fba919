import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** A file, and the places in it whose bytes are hashed, one after the other. */
export interface HashThreadData {
  readonly file: string;
  /** The file's when it was opened. */
  readonly stamp: string;
  readonly places: readonly { readonly offset: number; readonly length: number }[];
}

/**
 * The SHA-256 of parts of a file, by a thread that reads it for itself. Undefined where it could not: the file was
 * replaced or written to meanwhile, say, or no thread begins.
 */
export async function hashInThread(data: HashThreadData): Promise<string | undefined> {
  try {
    const worker = new Worker(new URL("./hash-thread.js", import.meta.url), { workerData: data });
    const [hash] = await Promise.race([once(worker, "message"), once(worker, "exit").then(() => [])]);
    return hash;
  } catch {
    return undefined;
  }
}
