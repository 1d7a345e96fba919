/** A graph that is ready to run on batches of one size. */
interface Session {
  release(): Promise<void>;
}

/** An epoch has two sizes of batches: its last one may be smaller. */
const SIZES_KEPT = 2;

/**
 * A graph's sessions, each for batches of one size: those of the sizes that were used last are kept, so that an epoch's
 * last batch costs no new session in the next one, and the memory of all others is given back. One that could not be made
 * is not remembered. To be asked by one at a time.
 */
export class BatchSessions<Kind extends Session> {
  readonly #create: (batch: number) => Promise<Kind>;
  /** That of the size that was not used for longest comes first. */
  readonly #kept = new Map<number, Kind>();

  constructor(create: (batch: number) => Promise<Kind>) {
    this.#create = create;
  }

  async get(batch: number): Promise<Kind> {
    const kept = this.#kept.get(batch);
    this.#kept.delete(batch);
    // Before the new one takes memory.
    while (this.#kept.size >= SIZES_KEPT) await this.#releaseFirst();
    const session = kept ?? (await this.#create(batch));
    this.#kept.set(batch, session);
    return session;
  }

  async release(): Promise<void> {
    while (this.#kept.size > 0) await this.#releaseFirst();
  }

  async #releaseFirst(): Promise<void> {
    for (const [batch, session] of this.#kept) {
      this.#kept.delete(batch);
      return session.release();
    }
  }
}
