// What share of their speed many machines keep, when each step ends with a sum of all gradients.

export interface Link {
  readonly bitsPerSecond: number;
  /** Seconds from one machine to the next. */
  readonly latency: number;
}

/**
 * Seconds of a ring all-reduce: each machine sends 2 (n − 1) pieces of an n-th of the bytes (Patarasuk and Yuan 2009, "Bandwidth
 * optimal all-reduce algorithms for clusters of workstations").
 */
export const ringSeconds = (machines: number, bytes: number, { bitsPerSecond, latency }: Link): number =>
  2 * (machines - 1) * ((bytes * 8) / machines / bitsPerSecond + latency);

/**
 * The speed of so many machines, each with its own batch, as a share of that many times one's. Gradients come at the end of a step,
 * so that no sum is hidden behind it.
 */
export const efficiency = (machines: number, stepSeconds: number, bytes: number, link: Link): number =>
  stepSeconds / (stepSeconds + ringSeconds(machines, bytes, link));
