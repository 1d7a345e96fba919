// Standard output and standard error fail like any file: a full disk, a reader that has seen enough, a terminal that
// was closed. What they show is not worth the work that it is about.
import { Writable } from "node:stream";
import type { Output } from "./output.js";

/** A stream of the process, such as `process.stdout`. */
export interface ProcessStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Hands everything on at once until a write fails, and from then on drops it. */
export class StandardOutput extends Writable implements Output {
  readonly #stream: ProcessStream;
  #failure: Error | undefined;
  #taken = false;

  constructor(stream: ProcessStream) {
    super({ decodeStrings: false });
    this.#stream = stream;
    stream.on("error", (error: Error) => this.#fail(error));
  }

  get isTTY(): boolean {
    return this.#stream.isTTY === true;
  }

  /** Undefined, too, for a terminal that says 0: its size is not known. */
  get columns(): number | undefined {
    return this.#stream.columns || undefined;
  }

  get rows(): number | undefined {
    return this.#stream.rows || undefined;
  }

  /** Reports no error: a stream that had one takes nothing any more, and its writers need not know. */
  override _write(chunk: string | Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    if (this.#failure === undefined) this.#stream.write(chunk, (error) => error && this.#fail(error));
    done();
  }

  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#failure !== undefined) resolve();
      else this.#stream.write("", () => resolve());
    });
  }

  takeFailure(): Error | undefined {
    if (this.#taken) return undefined;
    this.#taken = this.#failure !== undefined;
    return this.#failure;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
  }
}

/** Why a write failed, in the system's words: `ENOSPC: no space left on device`. */
export const failureReason = (failure: Error): string => failure.message.replace(/, write$/, "");

/** Whether a reader such as `head` closed the pipe, which is no error. EOF is Windows's word for EPIPE. */
export const readerIsGone = (failure: Error): boolean =>
  "code" in failure && (failure.code === "EPIPE" || failure.code === "EOF");
