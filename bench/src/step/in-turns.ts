// Contenders in one process take the same step in turns, so that whatever else the machine does falls on all alike.
import { FleuronError } from "@fleuron/model";
import type { Contender, OpenContender } from "./contender.js";
import type { KernelTimes } from "./kernel-times.js";
import type { Step } from "./step.js";
import { noWork, type Work, type WorkMeter } from "./work-meter.js";

export interface Turns {
  readonly name: string;
  /** From weights in memory to the first loss, compiling included; the library was loaded before. */
  readonly secondsToFirstStep: number;
  /** Those of the last step. */
  readonly dispatchesPerStep: number;
  /** The most that its buffers took at once. */
  readonly bufferBytes: number;
  /** In milliseconds, one for each round after the warm-up. */
  readonly steps: readonly number[];
  /** Those of one step more; absent where contender or device does not tell. */
  readonly kernels?: KernelTimes;
}

export interface TurnOptions {
  readonly steps: number;
  /** Counts what each asks of WebGPU. Default: nothing is counted. */
  readonly meter?: Pick<WorkMeter, "count">;
  /** Whether kernels compute anything here, so that their times say something. Default: true. */
  readonly computes?: boolean;
  readonly onProgress?: ((what: string) => void) | undefined;
}

export type BenchErrorCode = "losses-differ";

/** Steps before those that count. */
export const warmUp = 3;

const uncounted: Pick<WorkMeter, "count"> = { count: (_, doing) => doing() };

/** How far the losses of the warm-up may differ, relatively. */
const tolerance = 1e-4;

/** @throws FleuronError "losses-differ" for contenders that do not compute the same. */
export async function inTurns(
  contenders: readonly Contender[],
  step: Step,
  { steps, meter = uncounted, computes = true, onProgress }: TurnOptions,
): Promise<readonly Turns[]> {
  const entrants: Entrant[] = [];
  for (const contender of contenders) {
    onProgress?.(`opening ${contender.name}`);
    entrants.push(await open(contender, step, meter));
  }
  requireEqualLosses(entrants);
  for (let round = 1; round <= steps; round++) {
    onProgress?.(`round ${round} of ${steps}`);
    for (const { times, take } of entrants) times.push(await timed(take));
  }
  return Promise.all(entrants.map((entrant) => turnsOf(entrant, computes)));
}

/** A contender that has warmed up. */
interface Entrant {
  readonly name: string;
  readonly losses: readonly number[];
  readonly secondsToFirstStep: number;
  readonly take: () => Promise<number>;
  readonly kernels: OpenContender["kernels"];
  readonly work: Work;
  readonly times: number[];
}

async function open(
  { name, open }: Contender,
  step: Step,
  meter: Pick<WorkMeter, "count">,
): Promise<Entrant> {
  const work = noWork();
  const start = performance.now();
  const opened = await meter.count(work, () => open(step));
  const take = () => {
    work.dispatches = 0;
    return meter.count(work, opened.step);
  };
  const losses = [await take()];
  const secondsToFirstStep = (performance.now() - start) / 1000;
  while (losses.length < warmUp) losses.push(await take());
  return { name, losses, secondsToFirstStep, take, kernels: opened.kernels, work, times: [] };
}

async function turnsOf(
  { name, secondsToFirstStep, times, work, kernels }: Entrant,
  computes: boolean,
): Promise<Turns> {
  return {
    name,
    secondsToFirstStep,
    dispatchesPerStep: work.dispatches,
    bufferBytes: work.peakBytes,
    steps: times,
    ...(computes && kernels && { kernels: await kernels() }),
  };
}

function requireEqualLosses([first, ...others]: readonly Pick<Entrant, "name" | "losses">[]): void {
  const said = ({ name, losses }: Pick<Entrant, "name" | "losses">) =>
    `${losses.map((loss) => loss.toPrecision(6)).join(", ")} in ${name}`;
  for (const other of others) {
    const agree = other.losses.every((loss, index) => {
      const expected = first!.losses[index]!;
      return Math.abs(loss - expected) <= tolerance * Math.abs(expected);
    });
    if (agree) continue;
    throw new FleuronError<BenchErrorCode>(
      "losses-differ",
      `The first losses are ${said(first!)} and ${said(other)}: they do not take the same step.`,
      { subject: other.name, hint: "Nothing was timed, since times of different steps say nothing." },
    );
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
