// Follows a child process that reports its memory, and compares its end with its beginning.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Tried } from "../fault.js";
import { Lost, must } from "../lost.js";

/** What the last tenth may hold of what the second one held. */
const BOUND = 1.05;
const TENTHS = 10;
const SAMPLES_PER_TENTH = 10;

/** V8 doubles its young generation once in the course of a run (+ 20 MB): it has its last size from the beginning. */
const V8_OPTIONS = ["--expose-gc", "--min-semi-space-size=16", "--max-semi-space-size=16"];

export interface Watched {
  readonly kind: string;
  readonly seed: number;
  /** Units of work, ten at least. */
  readonly times: number;
  /** The child's script, its arguments, and how often it is to tell of its memory. */
  readonly script: URL;
  readonly args: (every: number) => readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** Yields what the child has done; at the end whether its memory stayed. */
export async function* watchMemory(watched: Watched): AsyncGenerator<Tried, void> {
  const { kind, seed, times } = watched;
  const every = Math.max(1, Math.floor(times / (TENTHS * SAMPLES_PER_TENTH)));
  const memory: { readonly done: number; readonly bytes: number }[] = [];
  let told = 0;
  try {
    for await (const { done, bytes } of follow(watched, every)) {
      memory.push({ done, bytes });
      // The last ones are counted when the whole is known.
      if (done >= times - every) continue;
      yield { kind, survived: done - told, lost: [] };
      told = done;
    }
    const after = (tenth: number) =>
      median(
        memory.flatMap(({ done, bytes }) => (Math.ceil((done * TENTHS) / times) === tenth ? [bytes] : [])),
      );
    const [second, last] = [after(2), after(TENTHS)];
    const words = () => `${megabytes(last)} after the last tenth, ${megabytes(second)} after the second`;
    must(last <= BOUND * second, words);
    yield { kind, survived: times - told, lost: [] };
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    yield { kind, survived: times - told - 1, lost: [{ seed, kind, what: error.message }] };
  }
}

async function* follow({ script, args, environment, kind }: Watched, every: number) {
  const child = spawn(process.execPath, [...V8_OPTIONS, script.pathname, ...args(every)], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const [done, bytes] = line.split(" ").map(Number);
      yield { done: done!, bytes: bytes! };
    }
    const code = await ended;
    must(code === 0, () => `${kind} ended with exit code ${code}: ${errors}`);
  } finally {
    child.kill();
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
