/** One of the processes that share a run. All of them call its methods in one order, and wait there for each other. */
export interface Ranks {
  /** From 0. */
  readonly rank: number;
  readonly count: number;
  /** Adds up `values` over all ranks, in place. */
  sum(values: Float32Array): void | Promise<void>;
  /** Replaces `bytes` by those of rank 0. */
  broadcast(bytes: Uint8Array): void | Promise<void>;
  /** Parts them: the last call. */
  finish(): void;
}
