import { join } from "node:path";
import { learnsFromScratch, type RecipeName, recipeNames, recipes } from "@fleuron/training";
import { type Fault, oneByOne } from "../fault.js";
import { type DataSetName, dataSetNames, dataSets } from "../lab/data-sets.js";
import { type EngineName, installedEngines } from "../lab/engines.js";
import { fleuron, requireSuccess } from "../lab/fleuron.js";
import type { Lab } from "../lab/lab.js";
import { everyStep, size } from "../lab/reference.js";
import { recordOf } from "../lab/same-run.js";
import { must } from "../lost.js";

interface Combination {
  readonly engine: EngineName;
  readonly precision: "float32" | "bfloat16";
  readonly recipe: RecipeName;
  readonly dataSet: DataSetName;
}

const EPOCHS = 2;

/** Those that take a network of the table. */
const fromScratch = recipeNames.filter((name) => learnsFromScratch(recipes[name]));

/** Each seed is a combination; so many in a row are all of them. */
const combinationsHere = (): readonly Combination[] =>
  installedEngines().flatMap((engine) =>
    (engine === "onnx-cpu" ? (["float32"] as const) : (["float32", "bfloat16"] as const)).flatMap(
      (precision) =>
        fromScratch.flatMap((recipe) =>
          dataSetNames.map((dataSet): Combination => ({ engine, precision, recipe, dataSet })),
        ),
    ),
  );

/** Trained, stopped, resumed, evaluated, exported and verified: everything ends well, and the numbers agree. */
export const matrix: Fault = {
  name: "matrix",
  what: "each recipe from scratch, compute precision and kind of folder through train, stop, resume, evaluate, export and verify",
  times: { long: combinationsHere().length, short: 1 },
  tries: ({ lab, ...options }) => {
    const combinations = combinationsHere();
    return oneByOne(options, (random, seed) => {
      const combination = combinations[seed % combinations.length]!;
      const { engine, precision, recipe, dataSet } = combination;
      return {
        kind: `${engine} ${precision}, ${recipe}, ${dataSet}`,
        run: () => wholeChain(lab, combination, random.integer(8)),
      };
    });
  },
};

async function wholeChain(
  lab: Lab,
  { engine, precision, recipe, dataSet }: Combination,
  stopAfter: number,
): Promise<void> {
  const place = await lab.place();
  const data = await dataSets[dataSet](join(place, "photos"));
  const run = join(place, "run");
  const mixed = precision === "float32" ? "none" : precision;
  const begin = ["--engine", engine, "--mixed-precision", mixed, "--recipe", recipe, "--data", data];
  const train = [
    "train",
    ...begin,
    "--epochs",
    String(EPOCHS),
    ...size,
    ...everyStep,
    "--json",
    "--out",
    run,
  ];
  const isStep = (line: string) => line.startsWith('{"type":"step"');
  let steps = 0;
  await fleuron(train, lab, {
    interruption: { signal: "SIGTERM", at: (line) => isStep(line) && ++steps > stopAfter },
  });
  requireSuccess(await fleuron(["train", "--resume", run, "--json"], lab));
  const { status, final } = await recordOf(run);
  must(status === "completed" && final?.epoch === EPOCHS, () => `run.json says '${status}'`);

  const evaluated = requireSuccess(await fleuron(["evaluate", "--run", run, "--tta", "none", "--json"], lab));
  const exporting = ["export", "--run", run, "--format", "all", "--precision", "float32,int8", "--json"];
  const exported = requireSuccess(await fleuron(exporting, lab));
  const [here, there] = [evaluated, exported].map(({ lines }) => JSON.parse(lines.at(-1)!).accuracy);
  must(here === there, () => `evaluate says ${here}, export ${there}`);
  const verified = requireSuccess(await fleuron(["verify", "--run", run, "--json"], lab));
  must(JSON.parse(verified.lines.at(-1)!).passed === true, () => "verify did not pass");
}
