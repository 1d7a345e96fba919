import type { ChromiumLook } from "@fleuron/chromium";
import type * as exporter from "@fleuron/export/node";
import type * as runtime from "@fleuron/runtime-node";
import type { TrainerNodeApi } from "@fleuron/trainer";
import type { Output } from "./terminal/output.js";

/** Signals that ask a command to stop; `process` is one. */
export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
  exit(code: number): void;
}

export type StopSignal = "SIGINT" | "SIGTERM";

/** What the command line needs of `@fleuron/export/node`. */
export type Exporter = Pick<typeof exporter, "verifyBundle" | "weightsHash" | "writeBundle">;

/** What the command line needs of `@fleuron/runtime-node`. */
export type Runtime = Pick<typeof runtime, "classifyFiles" | "loadClassifier" | "openBundle">;

/** What a command gets from its surroundings; tests hand in their own. */
export interface Context {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signals: SignalSource;
  /** Called by the commands that train or run a network, so that the others start quickly. */
  readonly loadTrainer: () => Promise<TrainerNodeApi>;
  readonly loadExporter: () => Promise<Exporter>;
  readonly loadRuntime: () => Promise<Runtime>;
  /** Which Chromium there is for `verify --browser` and the tests. */
  readonly lookForChromium: (signal: AbortSignal) => Promise<ChromiumLook>;
  /** Asks the reader for yes or no; absent where nobody could answer. */
  readonly ask?: (question: string) => Promise<boolean>;
  /** Milliseconds. */
  readonly now: () => number;
}
