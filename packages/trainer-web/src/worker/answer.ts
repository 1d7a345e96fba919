import { withDefaults } from "@fleuron/model/options";
import type { TrainedFiles, TrainingRequest } from "../messages.js";
import { trainingOptions } from "../options.js";
import { holdingRun } from "../storage/run-lock.js";
import { begin } from "./begin.js";
import type { TrainContext } from "./live.js";
import { openRun } from "./open-run.js";
import { resume } from "./resume.js";

/** What the request asks for: training, or what a saved run has trained. */
export async function answer(
  request: TrainingRequest,
  context: TrainContext,
): Promise<TrainedFiles | undefined> {
  switch (request.kind) {
    case "begin":
      return holdingRun(withDefaults(trainingOptions, request.options).run, () => begin(request, context));
    case "resume":
      return holdingRun(request.run, () => resume(request, context));
    case "open":
      return openRun(request.run, request.wasmUrl);
    default:
      return request satisfies never;
  }
}
