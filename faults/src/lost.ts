/** Something that must not happen has happened; the message says what. */
export class Lost extends Error {}

/** @throws Lost with these words where something does not hold. */
export function must(holds: boolean, lost: () => string): void {
  if (!holds) throw new Lost(lost());
}

/** What was lost, in words; errors that nobody expected come with their stack. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof Lost ? error.message : (error.stack ?? error.message);
}
