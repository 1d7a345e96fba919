#!/usr/bin/env node
import process from "node:process";
import { run } from "./program.js";
import { askYesOrNo } from "./terminal/ask.js";
import { outliveTerminal } from "./terminal/closed-terminal.js";
import { StandardOutput } from "./terminal/standard-output.js";

outliveTerminal();
process.exitCode = await run(process.argv.slice(2), {
  stdout: new StandardOutput(process.stdout),
  stderr: new StandardOutput(process.stderr),
  signals: process,
  loadTrainer: () => import("@fleuron/trainer"),
  loadTrainedRuns: () => import("@fleuron/trainer/trained"),
  loadCompressor: () => import("@fleuron/compress"),
  loadExporter: () => import("@fleuron/export/node"),
  loadRuntime: () => import("@fleuron/runtime-node"),
  loadPhotos: () => import("@fleuron/photos/paths"),
  lookForChromium: async (signal) => (await import("@fleuron/chromium")).lookForChromium(signal),
  ...(process.stdin.isTTY &&
    process.stderr.isTTY && {
      ask: (question: string) => askYesOrNo(question, { input: process.stdin, output: process.stderr }),
    }),
  now: Date.now,
});
