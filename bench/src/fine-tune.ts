// `pnpm bench fine-tune --network model.onnx [--compare|--profile]`: a step in which all layers of an imported network learn, and steps of
// its head alone on features that are there.
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { commandLine, fail, positive } from "./arguments.js";
import { findPython } from "./compare/find-python.js";
import { loadAverage } from "./compare/machine.js";
import { takeTurns } from "./compare/rounds.js";
import { type FineTuneContender, fineTuneContenders, peer } from "./fine-tune/contenders.js";
import { printFineTune, printProfile } from "./fine-tune/print.js";
import { profileStep } from "./fine-tune/profile.js";
import { readNetwork } from "./fine-tune/read-network.js";
import { progressLine } from "./inference/print.js";

const values = commandLine({
  network: { type: "string" },
  compare: { type: "boolean", default: false },
  profile: { type: "boolean", default: false },
  steps: { type: "string" },
  threads: { type: "string" },
  json: { type: "boolean", default: false },
});
if (values.network === undefined) fail("--network must name an ONNX file, such as EfficientNet-Lite0's.");
const network = resolve(process.env.INIT_CWD ?? ".", values.network!);
const steps = positive("steps", values.steps ?? "8");
const threads = positive("threads", values.threads ?? String(availableParallelism()));
const loadBefore = loadAverage();
const onProgress = progressLine();

const python = values.compare ? await findPython(peer.modules) : undefined;
const missing = peer.modules.filter((name) => !python?.modules.has(name));
if (values.compare && missing.length > 0)
  fail(`--compare needs a Python with ${peer.packages}: FLEURON_PYTHON names one.`);

if (values.profile && (values.compare || values.steps !== undefined))
  fail("--profile takes steps of its own: leave --compare and --steps out.");
if (values.profile) {
  onProgress?.("profiling");
  const lines = await profileStep(network, threads);
  onProgress?.("");
  printProfile(lines, { json: values.json, threads, loadBefore });
  process.exit();
}

const { all, head } = await readNetwork(network);
const results = [];
for (const [what, plan] of [
  ["all layers", all],
  ["head alone", head],
] as const) {
  const contenders = fineTuneContenders.filter(({ inPython }) => values.compare || !inPython);
  const entrants = contenders.map((contender: FineTuneContender) => ({
    id: contender.name,
    file: contender.inPython ? python!.command : process.execPath,
    args: [contender.program, JSON.stringify({ network, threads, ...plan })],
  }));
  const outcomes = await takeTurns(entrants, { steps, warmUp: 2, parameters: plan.parameters, onProgress });
  results.push({ what, batchSize: plan.batchSize, stepsAtOnce: plan.stepsAtOnce, outcomes });
}
onProgress?.("");
printFineTune(results, { json: values.json, steps, threads, loadBefore });
const outcomes = results.flatMap((result) => [...result.outcomes.values()]);
if (outcomes.some(({ status }) => status === "failed")) process.exitCode = 1;
