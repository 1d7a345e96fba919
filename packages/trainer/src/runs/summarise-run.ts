import { resolve } from "node:path";
import { countParameters, type NetworkSummary, summarise } from "@fleuron/model";
import { openRunFolder } from "@fleuron/run-folder";
import { learningParameters } from "@fleuron/training";

/** The layers of a run's network; of the parameters those count as trainable that learn in the run. */
export async function summariseRun({ run }: { readonly run: string }): Promise<NetworkSummary> {
  const { record } = await openRunFolder(resolve(run));
  const { network } = record.plan;
  const { summariseImported } = await import("@fleuron/onnx-import");
  const summary = "inference" in network ? summariseImported(network) : summarise(network);
  return { ...summary, trainable: countParameters(learningParameters(record.plan)) };
}
