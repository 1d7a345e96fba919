import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Checkout } from "./checkout.js";
import { runToEnd, runUntilServed } from "./cold-process.js";
import type { Prepared } from "./prepare.js";

/** Something that a person waits for. */
export interface CommandCase {
  readonly name: string;
  /** Milliseconds of one run in a cold process. */
  readonly run: (checkout: Checkout) => Promise<number>;
}

export function casesFor({ folder, run, bundle, photo }: Prepared): readonly CommandCase[] {
  const exported = join(folder, "exported");
  const fleuron = (name: string, parameters: () => readonly string[]): CommandCase => ({
    name,
    run: ({ main }) => runToEnd(process.execPath, [main, ...parameters()], folder),
  });
  return [
    fleuron("--help", () => ["--help"]),
    fleuron("predict of a run", () => ["predict", "--run", run, photo]),
    fleuron("predict of a bundle", () => ["predict", "--bundle", bundle, photo]),
    fleuron("summary", () => ["summary"]),
    leavingNothing(
      exported,
      fleuron("export", () => ["export", "--run", run, "--out", exported, "--format", "onnx"]),
    ),
    {
      name: "demo, until its page answers",
      run: ({ main }) =>
        runUntilServed(process.execPath, [main, "demo", "--bundle", bundle, "--port", "0"], folder),
    },
    {
      name: "pnpm predict of a run",
      run: ({ folder: checkout }) => runToEnd("pnpm", ["predict", "--run", run, photo], checkout),
    },
  ];
}

/** Removes what a command has written: the memory that the system keeps files in would be new to each one otherwise, and the machine's host slow to give it. */
const leavingNothing = (written: string, { name, run }: CommandCase): CommandCase => ({
  name,
  async run(checkout) {
    const ms = await run(checkout);
    await rm(written, { recursive: true });
    return ms;
  },
});
