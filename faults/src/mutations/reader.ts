// The thread that reads inputs, watched: one that ends or does not end is what an input has done.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Loss } from "../fault.js";
import type { Parser } from "./parser.js";
import { parserOf } from "./parser.js";
import type { Whole } from "./parsers/index.js";
import type { Answer, Batch, Outcomes, WorkerOptions } from "./worker.js";

const PATIENCE_MS = 60_000;
const LOOK_MS = 1000;
const HEAP_MIB = 512;

export interface Reader extends AsyncDisposable {
  /** Tries some seeds. */
  read(batch: Batch): Promise<ReadBatch>;
}

export interface ReadBatch {
  readonly lost: readonly Loss[];
  /** What came of the others. */
  readonly outcomes: Outcomes;
}

/** A million files are written there: in memory, where the system has such a folder. */
const place = (): Promise<string> =>
  mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "fleuron-inputs-"));

export async function openReader(whole: Whole | undefined, parsers: readonly Parser[]): Promise<Reader> {
  const root = await place();
  const current = new Float64Array(new SharedArrayBuffer(8));
  let threads = 0;
  let worker: Worker | undefined;

  async function thread(): Promise<Worker> {
    const folder = join(root, String(++threads));
    await mkdir(folder);
    const names = parsers.map(({ name }) => name);
    const workerData: WorkerOptions = { whole, names, folder, current };
    return new Worker(new URL("./worker.js", import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
    });
  }

  const lossAt = (seed: number, what: string): Loss => ({ seed, kind: parserOf(parsers, seed).name, what });

  return {
    async read({ first, count }) {
      const lost: Loss[] = [];
      let outcomes: Outcomes = {};
      for (let next = first; next < first + count; ) {
        worker ??= await thread();
        current[0] = next;
        const ended = await answered(
          worker,
          { first: next, count: first + count - next },
          current,
          (seed, what) => lost.push(lossAt(seed, what)),
        );
        if (typeof ended !== "string") {
          outcomes = ended;
          break;
        }
        lost.push(lossAt(current[0], ended));
        next = current[0] + 1;
        await worker.terminate();
        worker = undefined;
      }
      return { lost, outcomes };
    },
    async [Symbol.asyncDispose]() {
      await worker?.terminate();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** What came of a batch when all of it was tried; else why the thread gets no further. */
async function answered(
  worker: Worker,
  batch: Batch,
  current: Float64Array,
  onLoss: (seed: number, what: string) => void,
): Promise<string | Outcomes> {
  let [seen, since] = [current[0], Date.now()];
  return new Promise<string | Outcomes>((resolve) => {
    // Each by its name: Worker has listeners of its own, without which no message arrives.
    const listeners = {
      message: (message: Answer) => {
        if (message.type === "lost") onLoss(message.seed, message.what);
        else end(message.outcomes);
      },
      error: (error: Error) => end(`it ended the thread: ${error.stack ?? error.message}`),
      exit: (code: number) => end(`the thread ended by itself, with ${code}`),
    };
    const look = setInterval(() => {
      if (current[0] !== seen) [seen, since] = [current[0], Date.now()];
      else if (Date.now() - since > PATIENCE_MS) end(`it did not end within ${PATIENCE_MS / 1000} s`);
    }, LOOK_MS);
    const end = (ended: string | Outcomes) => {
      clearInterval(look);
      for (const [name, listener] of Object.entries(listeners)) worker.off(name, listener);
      resolve(ended);
    };
    for (const [name, listener] of Object.entries(listeners)) worker.on(name, listener);
    worker.postMessage(batch);
  });
}
