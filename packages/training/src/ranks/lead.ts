// Rank 0: the loop runs here alone, and what it asks of its engine and its data, all ranks do.
import { SerialQueue } from "@fleuron/model";
import type { LabelledBatch, TrainingData } from "../data/training-data.js";
import type {
  Batch,
  Hyperparameters,
  ImageBatch,
  Logits,
  StepMetrics,
  TrainingEngine,
} from "../engine/engine.js";
import type { TrainingPlan } from "../plan.js";
import type { NamedTensor } from "../state.js";
import { send } from "./messages.js";
import type { Order } from "./order.js";
import type { Ranks } from "./ranks.js";
import { averageStatistics, predictTogether, shareState, stepTogether } from "./together.js";

/** Disposing of it lets the other ranks end, unless this one has failed where they wait for it: then its launcher ends them. */
export interface Leading extends AsyncDisposable {
  readonly engine: Pick<TrainingEngine, "step" | "predict" | "read">;
  readonly data: TrainingData;
}

/**
 * Makes one engine of those of all ranks. The others {@link follow}.
 * @param engine heeds `reduceGradients`.
 * @param data of this rank's share.
 */
export async function lead(
  ranks: Ranks,
  engine: TrainingEngine,
  data: TrainingData,
  plan: TrainingPlan,
): Promise<Leading> {
  const calls = new SerialQueue();
  let isTogether = true;
  const together = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    isTogether = false;
    const result = await work();
    isTogether = true;
    return result;
  };
  const order = <Result>(what: Order, work: () => Promise<Result>): Promise<Result> =>
    calls.add(() =>
      together(async () => {
        await send(ranks, what);
        return work();
      }),
    );
  /** Since the last step: who reads the state while photos are validated gets what they are validated with. */
  let averaged: Promise<void> | undefined;
  const average = () =>
    (averaged ??= order({ kind: "average" }, () => averageStatistics(ranks, engine, plan)));

  await together(() => shareState(ranks, engine, plan));
  return {
    engine: {
      step(batch: Batch, { learningRate }: Hyperparameters): Promise<StepMetrics> {
        averaged = undefined;
        return order({ kind: "step", learningRate }, () =>
          stepTogether(ranks, engine, batch, { learningRate }),
        );
      },
      predict: (batch: ImageBatch): Promise<Logits> =>
        order({ kind: "predict" }, () => predictTogether(ranks, engine, batch)),
      async *read(names?: readonly string[]): AsyncGenerator<NamedTensor> {
        await average();
        yield* engine.read(names);
      },
    },
    data: {
      stepsPerEpoch: data.stepsPerEpoch,
      valCount: data.valCount,
      async *training(epoch: number, firstStep: number): AsyncGenerator<Batch> {
        await order({ kind: "training", epoch, firstStep }, async () => undefined);
        yield* data.training(epoch, firstStep);
      },
      async *validation(): AsyncGenerator<LabelledBatch> {
        await average();
        await order({ kind: "validation" }, async () => undefined);
        yield* data.validation();
      },
    },
    async [Symbol.asyncDispose]() {
      await calls.idle();
      if (!isTogether) return;
      await send(ranks, { kind: "end" } satisfies Order);
      ranks.finish();
    },
  };
}
