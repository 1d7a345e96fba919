// Trainings and exports that are interrupted at a drawn moment, and what is done afterwards.
import { existsSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { FleuronError, type RandomStream } from "@fleuron/model";
import { checkFiles, openBundle } from "@fleuron/runtime-node";
import { Lost, must } from "../lost.js";
import type { EngineName } from "./engines.js";
import { type Ended, fleuron, howIt, type Moment, requireSuccess } from "./fleuron.js";
import type { Lab } from "./lab.js";
import { requireNoneLeft } from "./left-processes.js";
import { everyStep, everything, small } from "./reference.js";
import { contentsOf, requireAlone, requireSameBundle } from "./same-bundle.js";
import { requireSameRun } from "./same-run.js";

/** A share of the moments lies before the first line: the start of the process, the photos, the folder. */
const EARLY = 0.2;
const AFTER_A_LINE_MS = 40;

/** Trains into `run` and sends a signal at a drawn moment. */
export async function interruptTraining(
  lab: Lab,
  {
    engine,
    run,
    signal,
    random,
  }: { engine: EngineName; run: string; signal: NodeJS.Signals; random: RandomStream },
): Promise<Ended> {
  const { lines, trainingMs } = await lab.reference(engine);
  const early = random.uniform() < EARLY;
  const share = random.uniform();
  const args = ["train", ...small(await lab.photos(), engine), "--out", run];
  return whileItLives(lab, share, run, (part) => {
    const at: Moment = early
      ? { lines: 0, ms: (part * trainingMs) / 2 }
      : { lines: 1 + Math.floor(part * (lines - 1)), ms: random.uniform() * AFTER_A_LINE_MS };
    return fleuron(args, lab, { interruption: { signal, at } });
  });
}

/** Continues as the output says: with --resume where there is a run, else from the beginning. */
export async function goOn(lab: Lab, engine: EngineName, run: string): Promise<void> {
  const args = existsSync(join(run, "run.json"))
    ? ["--resume", run, ...everyStep, "--json"]
    : [...small(await lab.photos(), engine), "--out", run];
  requireSuccess(await fleuron(["train", ...args], lab));
  // A run that was complete already may lack its report, which can be written at any time.
  if (!existsSync(join(run, "report.html")))
    requireSuccess(await fleuron(["report", "--run", run, "--json"], lab));
  await requireSameRun(run, (await lab.reference(engine)).run);
}

/** Interrupts earlier, and once more, what was at its end before. Its own processes end with it. */
async function whileItLives(
  lab: Lab,
  share: number,
  folder: string | undefined,
  interrupted: (share: number) => Promise<Ended>,
): Promise<Ended> {
  for (let part = share; ; part /= 2) {
    const ended = await interrupted(part);
    await requireNoneLeft(lab.folder);
    if (ended.interrupted) return ended;
    requireSuccess(ended);
    if (folder !== undefined) await rm(folder, { recursive: true });
  }
}

/** Where an export writes to. */
const places = ["a new folder", "a bundle that grows", "a folder that is replaced"] as const;

export interface InterruptedExport {
  readonly ended: Ended;
  /** Exports again, to the end, and compares. */
  readonly goOn: () => Promise<void>;
}

/** Exports and sends a signal at a drawn moment. What stands in the folder then is whole, or not there. */
export async function interruptExport(
  lab: Lab,
  {
    engine,
    place,
    signal,
    random,
  }: { engine: EngineName; place: string; signal: NodeJS.Signals; random: RandomStream },
): Promise<InterruptedExport> {
  const { run, bundle: reference, exportMs } = await lab.reference(engine);
  const kind = places[random.integer(places.length)]!;
  const bundle = join(place, "bundle");
  if (kind === "a bundle that grows") await smallBundle(lab, run, bundle);
  if (kind === "a folder that is replaced") await cp(run, bundle, { recursive: true });
  const before = await contentsOf(bundle);
  const force = kind === "a folder that is replaced" ? ["--force"] : [];
  const args = ["export", "--run", run, "--out", bundle, ...force, ...everything];
  const ended = await whileItLives(lab, random.uniform(), undefined, (part) =>
    fleuron(args, lab, { interruption: { signal, at: { lines: 0, ms: part * exportMs } } }),
  );
  await requireWhole(bundle, before);
  return {
    ended,
    async goOn() {
      requireSuccess(await fleuron(args, lab));
      await requireSameBundle(bundle, reference);
      await requireAlone(place, ["bundle"]);
    },
  };
}

async function smallBundle(lab: Lab, run: string, bundle: string): Promise<void> {
  requireSuccess(await fleuron(["export", "--run", run, "--out", bundle, "--no-verify", "--json"], lab));
}

/** As it was, gone, or a bundle all of whose files are those that its manifest describes. */
async function requireWhole(bundle: string, before: string | undefined): Promise<void> {
  const found = await contentsOf(bundle);
  if (found === undefined || found === before) return;
  try {
    const { manifest } = await openBundle(bundle);
    for (const model of manifest.models) await checkFiles(bundle, model);
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    throw new Lost(`the bundle is damaged: ${error.message}`);
  }
}

const EXIT_CODES: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGTERM: 143 };

/** Stopped, and said so; or so early that nothing listened yet, or at its end already. */
export function requireStopped(ended: Ended, signal: NodeJS.Signals): "stopped" | "too early" | "too late" {
  must(!/^\s+at .*:\d+:\d+\)?$/m.test(ended.errors), () => `a stack trace was printed: ${ended.errors}`);
  if (ended.signal === signal) return "too early";
  if (ended.code === 0) return "too late";
  must(ended.code === EXIT_CODES[signal], () => `${signal} ended it with ${howIt(ended)}`);
  return "stopped";
}
