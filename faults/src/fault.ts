// What a kind of fault is: something that happens to Fleuron, tried again and again with what a seed draws.
import { type RandomStream, randomStream } from "@fleuron/model";
import type { Lab } from "./lab/lab.js";
import { wordsOf } from "./lost.js";

export interface Fault {
  /** Its name for `--only`. */
  readonly name: string;
  /** What happens, in one sentence without a full stop. */
  readonly what: string;
  /** How often it is tried by `pnpm test:faults`, and by `pnpm test` (0: another test does it there). */
  readonly times: { readonly long: number; readonly short: number };
  /** Whether its tries are one piece of work: a single one of them shows nothing. */
  readonly whole?: true;
  /** Why it cannot be tried on this machine; undefined where it can. */
  readonly missing?: () => Promise<string | undefined>;
  /** Tries the seeds from `seed` on. Yields after each try, or after some. */
  readonly tries: (options: TriesOptions) => AsyncGenerator<Tried, void>;
}

export interface TriesOptions {
  readonly lab: Lab;
  /** The seed of the first try; the next ones follow by one. */
  readonly seed: number;
  /** How many tries. */
  readonly times: number;
}

/** What came of some tries. */
export interface Tried {
  /** What was tried, such as "training on onnx-cpu". */
  readonly kind: string;
  readonly survived: number;
  readonly lost: readonly Loss[];
}

export interface Loss {
  /** The seed of this try, for `--seed`. */
  readonly seed: number;
  readonly kind: string;
  readonly what: string;
}

/** One try, drawn from its seed. Whatever `run` throws is what was lost. */
export interface Try {
  readonly kind: string;
  readonly run: () => Promise<void>;
}

/** Tries one seed after the other. */
export async function* oneByOne(
  { seed: first, times }: Pick<TriesOptions, "seed" | "times">,
  draw: (random: RandomStream, seed: number) => Try,
): AsyncGenerator<Tried, void> {
  for (let seed = first; seed < first + times; seed++) {
    const { kind, run } = draw(randomOf(seed), seed);
    try {
      await run();
      yield { kind, survived: 1, lost: [] };
    } catch (error) {
      yield { kind, survived: 0, lost: [{ seed, kind, what: wordsOf(error) }] };
    }
  }
}

/** What a try draws from. */
export const randomOf = (seed: number): RandomStream => randomStream(seed, "sample", 0, 0);

export const oneOf = <Item>(random: RandomStream, items: readonly Item[]): Item =>
  items[random.integer(items.length)]!;
