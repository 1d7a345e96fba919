// Contenders take turns, a step each, so that whatever else the machine does falls on all of them alike.
import { ContenderProcess } from "./contender-process.js";

export interface Entrant<Id> {
  readonly id: Id;
  readonly file: string;
  readonly args: readonly string[];
}

export type Outcome =
  | {
      readonly status: "measured";
      /** In milliseconds, one for each round after the warm-up. */
      readonly steps: readonly number[];
      readonly peakRssBytes: number;
      readonly versions: { readonly [library: string]: string };
      /** The loading time of a contender that loads a model from files. */
      readonly loadMs?: number;
    }
  | { readonly status: "failed"; readonly reason: string };

type Measured = Extract<Outcome, { status: "measured" }>;

export interface RoundOptions {
  readonly steps: number;
  /** Rounds before those that count: allocation, compilation, page faults. */
  readonly warmUp: number;
  /** What each contender must count in its network. Absent: all run what one program wrote, and count nothing. */
  readonly parameters?: number;
  readonly onProgress?: ((what: string) => void) | undefined;
}

/** One that fails is left out from there on; the others go on. */
export async function takeTurns<Id>(
  entrants: readonly Entrant<Id>[],
  options: RoundOptions,
): Promise<ReadonlyMap<Id, Outcome>> {
  const outcomes = new Map<Id, Outcome>();
  const processes = new Map<Id, ContenderProcess>();
  const steps = new Map<Id, number[]>(entrants.map(({ id }) => [id, []]));
  const descriptions = new Map<Id, Pick<Measured, "versions" | "loadMs">>();
  const attempt = async (id: Id, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      outcomes.set(id, { status: "failed", reason: error instanceof Error ? error.message : String(error) });
      processes.get(id)?.kill();
      processes.delete(id);
    }
  };
  try {
    for (const [index, { id, file, args }] of entrants.entries()) {
      options.onProgress?.(`starting ${index + 1} of ${entrants.length}`);
      const process = new ContenderProcess(file, args);
      processes.set(id, process);
      await attempt(id, async () => {
        const ready = await process.ready();
        if (options.parameters !== undefined && ready.parameters !== options.parameters)
          throw new Error(`has ${ready.parameters} parameters, not ${options.parameters}`);
        const { versions, loadMs } = ready;
        descriptions.set(id, { versions, ...(loadMs !== undefined && { loadMs }) });
      });
    }
    for (let round = -options.warmUp; round < options.steps; round++) {
      options.onProgress?.(round < 0 ? "warming up" : `round ${round + 1} of ${options.steps}`);
      for (const [id, process] of [...processes]) {
        await attempt(id, async () => {
          const { ms, loss } = await process.step();
          if (loss === null || !Number.isFinite(loss)) throw new Error(`its loss became ${loss}`);
          if (round >= 0) steps.get(id)?.push(ms);
        });
      }
    }
    for (const [id, process] of [...processes]) {
      await attempt(id, async () => {
        const { peakRssBytes } = await process.end();
        outcomes.set(id, {
          status: "measured",
          steps: steps.get(id) ?? [],
          peakRssBytes,
          ...(descriptions.get(id) ?? { versions: {} }),
        });
      });
    }
  } finally {
    for (const process of processes.values()) process.kill();
  }
  return outcomes;
}
