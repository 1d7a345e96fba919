// A thread that reads inputs, for what does not end can only be ended from outside.
import { parentPort, workerData } from "node:worker_threads";
import { wordsOf } from "../lost.js";
import { parsersOf, type Whole } from "./parsers/index.js";
import { tryInput } from "./try-input.js";

export interface WorkerOptions {
  readonly whole: Whole | undefined;
  /** The names of the parsers that are tried. */
  readonly names: readonly string[];
  /** Empty. */
  readonly folder: string;
  /** Where the thread notes the seed that it tries. */
  readonly current: Float64Array;
}

/** Seeds to try. */
export interface Batch {
  readonly first: number;
  readonly count: number;
}

export type Answer =
  | { readonly type: "lost"; readonly seed: number; readonly what: string }
  | { readonly type: "done"; readonly outcomes: Outcomes };

/** How often it came out so, in the parser's words. */
export type Outcomes = Readonly<Record<string, number>>;

const { whole, names, folder, current }: WorkerOptions = workerData;
const parsers = (await parsersOf(whole)).filter(({ name }) => names.includes(name));
const answer = (message: Answer) => parentPort?.postMessage(message);

parentPort?.on("message", async ({ first, count }: Batch) => {
  const outcomes: Record<string, number> = {};
  for (let seed = first; seed < first + count; seed++) {
    current[0] = seed;
    try {
      const outcome = await tryInput(parsers, seed, folder);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    } catch (error) {
      answer({ type: "lost", seed, what: wordsOf(error) });
    }
  }
  answer({ type: "done", outcomes });
});
