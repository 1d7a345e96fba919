// What reads bytes that anyone may have written.
import type { RandomStream } from "@fleuron/model";

export interface Parser {
  readonly name: string;
  /** Right inputs, all of them read without an error. */
  readonly samples: readonly Buffer[];
  /** How an input of the samples is made wrong. */
  readonly draw: (samples: readonly Buffer[], random: RandomStream) => Buffer;
  /** The name of the input's file, where it is read from one. */
  readonly file?: string;
  /** Mebibytes that an input may take. Default: 256. */
  readonly most?: number;
  /** Tried once in a while only: it may wait for a second. */
  readonly slow?: true;
  /**
   * Reads an input and returns, maybe what came of it in words, or throws a FleuronError. Throws Lost where what was read is not what those who use it
   * count on.
   * @param folder Where the input's file lies, and nothing else; what lies there afterwards is deleted.
   */
  readonly read: (bytes: Buffer, folder: string) => unknown;
}

const SLOW_EVERY = 4096;

/** The parser that a seed tries. */
export function parserOf(parsers: readonly Parser[], seed: number): Parser {
  const slow = seed % SLOW_EVERY === 0 && parsers.some((parser) => parser.slow);
  const among = parsers.filter((parser) => (parser.slow ?? false) === slow);
  const nth = slow ? Math.floor(seed / SLOW_EVERY) : seed;
  return among[nth % among.length]!;
}
