// One training in a cold process, timed from outside by the lines that it writes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as v from "valibot";

const counts = v.object({ trainCount: v.number(), valCount: v.number(), parameters: v.number() });
const line = v.variant("type", [
  v.object({
    type: v.literal("run"),
    ...counts.entries,
    engine: v.object({ versions: v.record(v.string(), v.string()) }),
  }),
  v.object({ type: v.literal("epoch"), loss: v.nullable(v.number()) }),
]);

/** What contenders must have in common. */
export type RunCounts = v.InferOutput<typeof counts>;

export interface WholeRun extends RunCounts {
  /** Milliseconds from the start of the process to the end of the first epoch, its validation included. */
  readonly coldMs: number;
  /** Milliseconds of each later epoch, its validation included. */
  readonly warmMs: readonly number[];
  readonly versions: { readonly [library: string]: string };
}

const keptErrorLines = 20;

/**
 * @param now is asked when the process starts and at each line that it writes.
 * @throws Error with the last line of its standard error, where it ends badly or its loss is no number.
 */
export async function wholeRun(
  executable: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
  now: () => number = () => performance.now(),
): Promise<WholeRun> {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const began = now();
  const child = spawn(executable, parameters, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...inherited, ...environment },
  });
  const closed = once(child, "close");
  const errorLines: string[] = [];
  createInterface(child.stderr).on("line", (text) => {
    errorLines.push(text);
    if (errorLines.length > keptErrorLines) errorLines.shift();
  });
  const ends: number[] = [];
  let start: Extract<v.InferOutput<typeof line>, { type: "run" }> | undefined;
  try {
    for await (const text of createInterface(child.stdout)) {
      const at = now();
      const { success, output } = v.safeParse(line, JSON.parse(text));
      if (!success) continue;
      if (output.type === "run") start = output;
      else if (output.loss === null) throw new Error("its loss is no number");
      else ends.push(at);
    }
    const [code, signal] = await closed;
    if (code !== 0)
      throw new Error([`ended with ${signal ?? `code ${code}`}`, ...errorLines.slice(-1)].join(": "));
  } finally {
    child.kill("SIGKILL");
  }
  const [first, ...later] = ends;
  if (start === undefined || first === undefined) throw new Error("finished no epoch");
  const { trainCount, valCount, parameters: size, engine } = start;
  return {
    ...{ trainCount, valCount, parameters: size, versions: engine.versions },
    coldMs: first - began,
    warmMs: later.map((at, index) => at - ends[index]!),
  };
}
