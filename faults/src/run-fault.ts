// Tries one kind of fault, and counts.
import type { Fault, Loss, TriesOptions } from "./fault.js";
import { wordsOf } from "./lost.js";

/** What has come of a fault so far. */
export interface Count {
  readonly tried: number;
  readonly survived: number;
  readonly lost: readonly Loss[];
  /** How often each kind was tried. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** Yields the count after each try, and ends when all were tried or the signal says so. */
export async function* runFault(
  fault: Fault,
  { signal, ...options }: TriesOptions & { readonly signal?: AbortSignal },
): AsyncGenerator<Count, void> {
  let count: Count = { tried: 0, survived: 0, lost: [], kinds: {} };
  try {
    for await (const { kind, survived, lost } of fault.tries(options)) {
      const tried = survived + lost.length;
      count = {
        tried: count.tried + tried,
        survived: count.survived + survived,
        lost: [...count.lost, ...lost],
        kinds: { ...count.kinds, [kind]: (count.kinds[kind] ?? 0) + tried },
      };
      yield count;
      if (signal?.aborted) return;
    }
  } catch (error) {
    const loss = { seed: options.seed, kind: fault.name, what: wordsOf(error) };
    yield { ...count, tried: count.tried + 1, lost: [...count.lost, loss] };
  }
}
