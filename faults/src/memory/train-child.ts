// Trains so many steps, and reports its memory now and then. Arguments: options of `train` as JSON, steps, how often.
import { type TrainOptions, train } from "@fleuron/trainer";
import { report } from "./report.js";

const [options = "{}", steps = "0", every = "1"] = process.argv.slice(2);
const given: TrainOptions = JSON.parse(options);
let done = 0;
for await (const event of train(given)) {
  if (event.type !== "step") continue;
  done++;
  if (done % Number(every) === 0) report(done);
  if (done === Number(steps)) break;
}
