/** Milliseconds, by what they were spent on. */
export type Measurement = Readonly<Record<string, number>>;

export interface Contender {
  readonly name: string;
  /** What it can tell apart; the whole is measured by the caller. */
  classify(photo: Blob): Promise<Measurement>;
}

/** One that is not measured here. */
export interface Absent {
  readonly name: string;
  /** Why. */
  readonly absence: string;
}
