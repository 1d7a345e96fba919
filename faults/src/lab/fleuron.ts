// Processes of the built command line, interrupted at a moment.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Lost, must } from "../lost.js";

/** The built command line. */
export const MAIN = fileURLToPath(new URL("../../../packages/cli/dist/bundled/main.js", import.meta.url));

/** However busy the machine is: a process that takes longer waits for something that never comes. */
const PATIENCE_MS = 600_000;
/** The same for a process that was asked to stop. */
const STOP_PATIENCE_MS = 180_000;
const LAST_LINES = 12;

export interface Moment {
  /** Lines of standard output that were seen; 0: from the start of the process on. */
  readonly lines: number;
  /** Milliseconds since then. */
  readonly ms: number;
}

export interface Interruption {
  readonly signal: NodeJS.Signals;
  /** A moment, or the first line of which this holds. */
  readonly at: Moment | ((line: string) => boolean);
}

export interface Ended {
  readonly command: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The lines of standard output. */
  readonly lines: readonly string[];
  readonly errors: string;
  /** Whether the interruption met a living process. */
  readonly interrupted: boolean;
}

export interface FleuronOptions {
  readonly interruption?: Interruption | undefined;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Runs one command in the lab's folder, with a cache that goes with it. */
export async function fleuron(
  args: readonly string[],
  { folder }: { readonly folder: string },
  { interruption, environment }: FleuronOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { ...process.env, FLEURON_CACHE: `${folder}/cache`, NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const command = `fleuron ${args.join(" ")}`;
  const ended = new Promise<Pick<Ended, "code" | "signal">>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  const patience = new Patience(child);
  const interrupter = interruption && interrupt(child, interruption, () => patience.wait(STOP_PATIENCE_MS));
  patience.wait(PATIENCE_MS);
  const lines: string[] = [];
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    interrupter?.sees(line, lines.length);
  });
  const how = await ended;
  patience.end();
  interrupter?.cancel();
  must(
    !patience.lost,
    () => `${command} did not end${interrupter?.met() ? " when it was asked to" : ""}: ${errors}`,
  );
  return { command, ...how, lines, errors, interrupted: interrupter?.met() ?? false };
}

/** Ends a process that has had its time. */
class Patience {
  lost = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly child: ChildProcess) {}

  wait(ms: number): void {
    this.end();
    this.#timer = setTimeout(() => {
      this.lost = true;
      this.child.kill("SIGKILL");
    }, ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

function interrupt(child: ChildProcess, { signal, at }: Interruption, onMet: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let met = false;
  const isDue = typeof at === "function" ? at : (_: string, count: number) => count === at.lines;
  const ms = typeof at === "function" ? 0 : at.ms;
  const sees = (line: string, count: number) => {
    if (timer !== undefined || !isDue(line, count)) return;
    timer = setTimeout(() => {
      met = child.exitCode === null && child.kill(signal);
      if (met) onMet();
    }, ms);
  };
  if (typeof at !== "function") sees("", 0);
  return { sees, met: () => met, cancel: () => clearTimeout(timer) };
}

export function requireSuccess(ended: Ended): Ended {
  if (ended.code !== 0) throw new Lost(`${ended.command} ended with ${howIt(ended)}`);
  return ended;
}

/** The exit code or signal of a process, and its last words. */
export const howIt = ({ code, signal, errors }: Ended): string =>
  `${signal ?? `exit code ${code}`}: ${lastLines(errors)}`;

const lastLines = (text: string): string => text.trim().split("\n").slice(-LAST_LINES).join("\n");
