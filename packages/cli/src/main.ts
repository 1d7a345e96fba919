#!/usr/bin/env node
import process from "node:process";
import { run } from "./program.js";
import { askYesOrNo } from "./terminal/ask.js";

// A reader such as `head` that has seen enough is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
  loadTrainer: () => import("@fleuron/trainer"),
  loadExporter: () => import("@fleuron/export/node"),
  loadRuntime: () => import("@fleuron/runtime-node"),
  lookForChromium: async (signal) => (await import("@fleuron/chromium")).lookForChromium(signal),
  ...(process.stdin.isTTY &&
    process.stderr.isTTY && {
      ask: (question: string) => askYesOrNo(question, { input: process.stdin, output: process.stderr }),
    }),
  now: Date.now,
});
