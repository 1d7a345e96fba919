// Checkpoints on their way. Training waits until the state is taken; what is left, such as the disk, is waited for beside the next
// steps.
import type { CheckpointEvent } from "../events.js";
import type { NamedTensor } from "../state.js";
import type { CheckpointStore, TrainingProgress } from "./checkpoint.js";
import { onlyNumbers } from "./only-numbers.js";
import type { Place } from "./run-length.js";

interface States {
  readonly last: AsyncIterable<NamedTensor>;
  readonly best?: AsyncIterable<NamedTensor>;
}

/** A state that is being taken while what is to be said of it is not known yet. Disposing of it drops it, unless it was completed. */
export interface Begun extends AsyncDisposable {
  /**
   * Completes it; the best one comes first, and is dropped where nothing is said of it. Resolves when the state is taken.
   * @throws what the store throws until then.
   */
  complete(
    last: TrainingProgress,
    best?: { readonly progress: TrainingProgress; readonly step: number },
  ): Promise<void>;
}

/** Disposing of it waits for what was completed. */
export class Saves implements AsyncDisposable {
  readonly #store: CheckpointStore;
  readonly #news: CheckpointEvent[] = [];
  #underWay: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #secondsBehind: number | undefined;
  #saved: TrainingProgress | undefined;
  #savedAt = performance.now();

  /** `saved` is the checkpoint that the run goes on from. */
  constructor(store: CheckpointStore, saved: TrainingProgress | undefined) {
    this.#store = store;
    this.#saved = saved;
  }

  /** The place of the last checkpoint, where there is one. */
  get place(): Place | undefined {
    return this.#saved;
  }

  /** How far a run has come since the last checkpoint, or the beginning. */
  sinceLast({ iterations }: TrainingProgress): { readonly steps: number; readonly seconds: number } {
    return {
      steps: iterations - (this.#saved?.iterations ?? 0),
      seconds: (performance.now() - this.#savedAt) / 1000,
    };
  }

  /** From the moment when the last state was taken until it was kept. */
  get secondsBehind(): number | undefined {
    return this.#secondsBehind;
  }

  /** What was saved since. @throws what the store has thrown since. */
  *news(): Generator<CheckpointEvent> {
    yield* this.#news.splice(0);
    if (this.#failure) throw this.#failure.error;
  }

  /** The same, when nothing is under way any more. */
  async *settled(): AsyncGenerator<CheckpointEvent, void> {
    await this.#underWay;
    yield* this.news();
  }

  /** Begins with the states at a place of the run, which must be numbers. To be called when nothing is under way. */
  begin(states: States, place: Place): Begun {
    const last = begun<TrainingProgress>(onlyNumbers(states.last, place, this.place), (progress, state) =>
      this.#store.saveLast(progress, state),
    );
    const best =
      states.best &&
      begun<TrainingProgress | undefined>(onlyNumbers(states.best, place, this.place), (progress, state) =>
        this.#store.saveBest(progress, state),
      );
    let isCompleted = false;
    let takenAt: number | undefined;
    const drop = async () => {
      for (const each of [best, last]) each?.fail(new Error("A checkpoint was dropped."));
      await Promise.allSettled([best?.saved, last.saved]);
    };
    return {
      complete: async (progress, asBest) => {
        isCompleted = true;
        const finish = async () => {
          try {
            best?.come(asBest?.progress);
            await best?.saved;
          } catch (error) {
            await drop();
            throw error;
          }
          if (asBest) this.#tell("best", asBest.progress.epoch, asBest.step);
          last.come(progress);
          await last.saved;
          this.#tell("last", progress.epoch + 1, progress.step);
          const now = performance.now();
          this.#secondsBehind = (now - (takenAt ?? now)) / 1000;
        };
        const finished = finish();
        this.#underWay = finished.catch((error: unknown) => {
          this.#failure = { error };
        });
        await Promise.race([finished, Promise.all([best?.taken, last.taken])]);
        takenAt = performance.now();
        this.#saved = progress;
        this.#savedAt = takenAt;
      },
      async [Symbol.asyncDispose]() {
        if (!isCompleted) await drop();
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#underWay;
  }

  #tell(kind: CheckpointEvent["kind"], epoch: number, step: number): void {
    this.#news.push({ type: "checkpoint", kind, epoch, step });
  }
}

function begun<Progress>(
  state: AsyncIterable<NamedTensor>,
  save: (progress: Promise<Progress>, state: AsyncIterable<NamedTensor>) => Promise<void>,
) {
  let come!: (progress: Progress) => void;
  let fail!: (reason: Error) => void;
  const progress = new Promise<Progress>((...both) => {
    [come, fail] = both;
  });
  let end!: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  async function* heard() {
    yield* state;
    end();
  }
  const saved = save(progress, heard());
  const taken = Promise.race([ended, saved]);
  // Each is waited for when it is completed or dropped.
  for (const promise of [progress, saved, taken]) promise.catch(() => undefined);
  return { come, fail, saved, taken };
}
