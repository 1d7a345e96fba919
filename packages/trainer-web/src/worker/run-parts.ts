// What a run's record says of how it trains.
import type { RunRecord } from "@fleuron/run-folder/format";
import {
  type BatchSettings,
  batchSettingsOf,
  type HeadAlone,
  headAlone,
  type RunSettings,
  runSettingsSchema,
} from "@fleuron/training";
import * as v from "valibot";
import { damaged } from "../storage/checkpoints.js";

export interface RunParts {
  readonly settings: RunSettings;
  readonly batches: BatchSettings;
  /** Where the head alone learns: the network in two. */
  readonly parts: HeadAlone | undefined;
}

/** @throws FleuronError "run-damaged". */
export function runParts({ settings: saved, plan, labels, seeds, preprocessing }: RunRecord): RunParts {
  const parsed = v.safeParse(runSettingsSchema, saved);
  if (!parsed.success) throw damaged(`its settings: ${parsed.issues[0].message}`);
  const settings = parsed.output;
  const { network } = plan;
  const batches = batchSettingsOf(settings, {
    network,
    classes: labels.length,
    seed: seeds.seed,
    preprocessing,
  });
  return { settings, batches, parts: headAlone(plan, batches) };
}
