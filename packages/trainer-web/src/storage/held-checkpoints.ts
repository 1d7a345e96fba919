import type { CheckpointStore, NamedTensor, TrainingProgress } from "@fleuron/training";
import type { LastingState } from "./checkpoints.js";

/** Milliseconds after which the newest checkpoints are written. */
const PATIENCE = 60_000;

interface Held {
  readonly progress: TrainingProgress;
  readonly tensors: readonly NamedTensor[];
}

export interface HeldCheckpoints extends CheckpointStore {
  /** Writes what is held. */
  flush(): Promise<void>;
}

/**
 * Checkpoints that are held in memory, and written once a minute and in the end: where the head alone learns, an epoch takes
 * less time than writing its network.
 * @param isFrozen whether a tensor never changes.
 * @param onWritten what names them is written after them.
 */
export function heldCheckpoints(
  store: CheckpointStore,
  isFrozen: (name: string) => boolean,
  onWritten: () => Promise<void>,
): HeldCheckpoints {
  let last: Held | undefined;
  let best: Held | undefined;
  let written = performance.now();
  const held = async (progress: TrainingProgress, state: AsyncIterable<NamedTensor>): Promise<Held> => {
    const tensors: NamedTensor[] = [];
    for await (const tensor of state)
      tensors.push(isFrozen(tensor.name) ? tensor : { ...tensor, data: tensor.data.slice() });
    return { progress, tensors };
  };
  const flush = async () => {
    if (best) await store.saveBest(best.progress, each(best.tensors));
    if (last) await store.saveLast(last.progress, each(last.tensors));
    best = undefined;
    last = undefined;
    written = performance.now();
    await onWritten();
  };
  return {
    async saveLast(progress, state) {
      last = await held(await progress, state);
      if (performance.now() - written > PATIENCE) await flush();
    },
    async saveBest(progress, state) {
      const reached = await progress;
      if (reached !== undefined) best = await held(reached, state);
    },
    appendMetrics: (metrics) => store.appendMetrics(metrics),
    flush,
  };
}

const each = (tensors: readonly NamedTensor[]): LastingState => ({
  lasts: true,
  async *[Symbol.asyncIterator]() {
    yield* tensors;
  },
});
