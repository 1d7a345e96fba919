// What a child process tells: bytes that it holds after so many units of work, a line each.

/** Rounds of collecting: finalizers of one round free what the next one finds. */
const ROUNDS = 2;

export function report(done: number): void {
  for (let round = 0; round < ROUNDS; round++) globalThis.gc?.();
  process.stdout.write(`${done} ${process.memoryUsage.rss()}\n`);
}
