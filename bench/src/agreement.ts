// `pnpm bench agreement`: the gradients and statistics of one full-width step on every engine that works here,
// beside those of onnx-cpu.
import { availableParallelism } from "node:os";
import { engineNames, loadEngine } from "@fleuron/trainer";
import { difference } from "./agreement/difference.js";
import { print } from "./agreement/print.js";
import { stateAfterStep } from "./agreement/state-after-step.js";
import { commandLine } from "./arguments.js";
import { whyMissing } from "./why-missing.js";

const reference = "onnx-cpu";

const { json } = commandLine({ json: { type: "boolean", default: false } });
const threads = availableParallelism();
const expected = await stateAfterStep(await loadEngine(reference), threads);
const compared = [];
for (const name of engineNames.filter((each) => each !== reference)) {
  const engine = await loadEngine(name);
  const reason = await whyMissing(engine);
  if (reason !== undefined) {
    compared.push({ engine: name, reason });
    continue;
  }
  const { loss, tensors } = await stateAfterStep(engine, threads);
  const differences = [...tensors].map(([tensor, values]) => ({
    tensor,
    ...difference(values, expected.tensors.get(tensor)!),
  }));
  compared.push({ engine: name, loss, differences });
}
print({ reference, loss: expected.loss, compared }, json);
