import { networkOf } from "@fleuron/graph";
import { countParameters } from "@fleuron/model";
import type { ReportedRun } from "@fleuron/report";
import { livesOf, type RunRecord } from "@fleuron/run-folder";
import { learningParameters } from "@fleuron/training";

/** What pages tell of a run, from its record. */
export function reportedRun(record: RunRecord): ReportedRun {
  const { name, input, parameters } = networkOf(record.plan.network);
  return {
    ...record,
    lives: livesOf(record),
    network: {
      name,
      input,
      parameters: countParameters(parameters),
      trainable: countParameters(learningParameters(record.plan)),
    },
  };
}
