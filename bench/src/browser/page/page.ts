// What runs in the page.
import type { Absent, Contender, Measurement } from "./contender.js";
import { openContenders } from "./contenders.js";

export interface MeasureOptions {
  readonly steps: number;
  readonly threads: number;
}

/** One measurement of each contender. */
export type Round = Readonly<Record<string, Measurement>>;

export interface Measured {
  readonly rounds: readonly Round[];
  readonly absent: readonly Absent[];
}

declare global {
  interface Window {
    bench: { measure(options: MeasureOptions): Promise<Measured> };
    /** Given by the script that opened the page. */
    tellProgress(what: string): Promise<void>;
  }
}

const WARM_UP_ROUNDS = 2;

/** Every round asks every contender once, so that whatever slows the machine down slows all of them. */
async function measure({ steps, threads }: MeasureOptions): Promise<Measured> {
  const photo = await (await fetch("/photo.jpg")).blob();
  const contenders: Contender[] = [];
  const absent: Absent[] = [];
  for (const [name, open] of Object.entries(openContenders)) {
    await window.tellProgress(`opening ${name}`);
    const opened = await open(threads);
    if ("absence" in opened) absent.push(opened);
    else contenders.push(opened);
  }
  const rounds: Round[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + steps; round++) {
    const measured: Record<string, Measurement> = {};
    for (const { name, classify } of contenders) {
      await window.tellProgress(`round ${round + 1} of ${WARM_UP_ROUNDS + steps}: ${name}`);
      const started = performance.now();
      const parts = await classify(photo);
      measured[name] = { total: performance.now() - started, ...parts };
      // The threads of the one before go to sleep.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    rounds.push(measured);
  }
  return { rounds: rounds.slice(WARM_UP_ROUNDS), absent };
}

window.bench = { measure };
