// All ranks but 0: they do what it asks for, each with its own part.
import { unreachable } from "@fleuron/model";
import type { LabelledBatch, TrainingData } from "../data/training-data.js";
import type { Batch, TrainingEngine } from "../engine/engine.js";
import type { TrainingPlan } from "../plan.js";
import { receive } from "./messages.js";
import type { Order } from "./order.js";
import type { Ranks } from "./ranks.js";
import { averageStatistics, predictTogether, shareState, stepTogether } from "./together.js";

/** Computes along until rank 0, which {@link lead | leads}, lets it end. Parameters as there. */
export async function follow(
  ranks: Ranks,
  engine: TrainingEngine,
  data: TrainingData,
  plan: TrainingPlan,
): Promise<void> {
  await shareState(ranks, engine, plan);
  let training: AsyncIterator<Batch> | undefined;
  let validation: AsyncIterator<LabelledBatch> | undefined;
  for (;;) {
    const order = await receive<Order>(ranks);
    switch (order.kind) {
      case "training":
        await training?.return?.();
        training = data.training(order.epoch, order.firstStep)[Symbol.asyncIterator]();
        break;
      case "step":
        await stepTogether(ranks, engine, await next(training), order);
        break;
      case "validation":
        validation = data.validation()[Symbol.asyncIterator]();
        break;
      case "predict":
        await predictTogether(ranks, engine, await next(validation));
        break;
      case "average":
        await averageStatistics(ranks, engine, plan);
        break;
      case "end":
        await training?.return?.();
        ranks.finish();
        return;
      default:
        unreachable(order);
    }
  }
}

async function next<Item>(items: AsyncIterator<Item> | undefined): Promise<Item> {
  const result = await items?.next();
  if (result === undefined || result.done)
    throw new Error("internal: rank 0 asks for more batches than there are");
  return result.value;
}
