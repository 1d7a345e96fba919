import { availableParallelism } from "node:os";

/** The threads that work, of those that were asked for: at most, and by default, one for each core that the process may use. */
export const threadCount = (asked = Number.POSITIVE_INFINITY): number =>
  Math.min(asked, availableParallelism());
