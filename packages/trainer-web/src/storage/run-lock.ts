import { trainerWebError } from "../errors.js";

/** Does what writes a run, in one tab at a time. @throws FleuronError "run-busy"; whatever `work` throws. */
export const holdingRun = <Result>(run: string, work: () => Promise<Result>): Promise<Result> =>
  navigator.locks.request(`fleuron-run ${run}`, { ifAvailable: true }, async (lock) => {
    if (lock !== null) return work();
    throw trainerWebError("run-busy", `The run '${run}' is being trained, here or in another tab.`, {
      subject: "run",
      hint: "Stop that training or close its tab, or train under another name with `run`.",
    });
  });
