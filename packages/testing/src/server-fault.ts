/** What goes wrong with a path. A new fault is one more field here and one more line in the server's `respond`. */
export interface Fault {
  /** Answers with this status, the contents all the same. */
  readonly status?: number;
  /** Milliseconds before the response begins. */
  readonly delay?: number;
  /** Cuts the connection after so many bytes of the contents, whose whole length was announced. */
  readonly cutAfter?: number;
  /** Sends no more after so many bytes, and leaves the connection open. */
  readonly stallAfter?: number;
  /** Sends pieces of so many bytes, one every 20 milliseconds. */
  readonly trickle?: number;
  /** Sends all of the contents where a part was asked for. */
  readonly ignoreRange?: boolean;
  /** Sends other contents. */
  readonly contents?: Uint8Array | string;
  /** Sends these headers too, or others in their place. */
  readonly headers?: Readonly<Record<string, string>>;
  /** After so many requests the path is well again. */
  readonly times?: number;
}
