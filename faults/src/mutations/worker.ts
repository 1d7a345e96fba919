// A thread that reads inputs, for what does not end can only be ended from outside.
import { parentPort, workerData } from "node:worker_threads";
import { wordsOf } from "../lost.js";
import { parsersOf, type Whole } from "./parsers/index.js";
import { tryInput } from "./try-input.js";

export interface WorkerOptions {
  readonly whole: Whole;
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
  | { readonly type: "done" };

const { whole, folder, current }: WorkerOptions = workerData;
const parsers = await parsersOf(whole);
const answer = (message: Answer) => parentPort?.postMessage(message);

parentPort?.on("message", async ({ first, count }: Batch) => {
  for (let seed = first; seed < first + count; seed++) {
    current[0] = seed;
    try {
      await tryInput(parsers, seed, folder);
    } catch (error) {
      answer({ type: "lost", seed, what: wordsOf(error) });
    }
  }
  answer({ type: "done" });
});
