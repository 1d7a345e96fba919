import { count, counted } from "@fleuron/model";
import type { RunStartEvent } from "@fleuron/trainer";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { drawnLines } from "./drawn.js";
import { type Fact, factLines } from "./facts.js";

const LABELS_SHOWN = 10;

/** What is about to be trained. */
export function runStartLines(event: RunStartEvent, canvas: Canvas): readonly string[] {
  const { engine, labels } = event;
  const more = labels.length - LABELS_SHOWN;
  const names = labels.slice(0, LABELS_SHOWN).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const lines = factLines(
    [
      ["network", `${event.network}, ${counted(event.parameters, "parameter")}`],
      ["recipe", `${event.recipe}: ${event.recipeSummary}`],
      ...(event.recipeReason === undefined ? [] : [["", event.recipeReason] satisfies Fact]),
      photosFact(event),
      ["classes", `${labels.length}: ${names}`],
      ["plan", planLine(event)],
      [
        "engine",
        `${engine.engine}, ${engine.precision}, ${counted(engine.threads, "thread")}${engine.ranks ? ` on each of ${engine.ranks} ranks` : ""}${engine.deterministic ? ", deterministic" : ""}`,
      ],
      ["", event.engineReason],
      ["folder", shownPath(event.folder) + (event.resumed ? " (resumed)" : "")],
    ],
    canvas,
  );
  const drawn = drawnLines(event.dataset, canvas.colours);
  return ["", ...lines, "", ...drawn, ...(drawn.length > 0 ? [""] : [])];
}

function photosFact({ dataset, trainCount, valCount, testCount }: RunStartEvent): Fact {
  const set = testCount === 0 ? "" : `; ${count(testCount)} in test/ are set aside`;
  const counts = `${count(trainCount)} for training, ${count(valCount)} for validation${set}`;
  return dataset.name === "procedural" ? ["pictures", `${counts}, all drawn`] : ["photos", counts];
}

function planLine({ epochs, stepsPerEpoch, batchSize, timeBudget }: RunStartEvent): string {
  const [limit, time] =
    timeBudget === undefined ? ["", ""] : ["up to ", `, as many as fit in ${duration(timeBudget)}`];
  return `${limit}${counted(epochs, "epoch")} of ${counted(stepsPerEpoch, "step")}, ${counted(batchSize, "photo")} per step${time}`;
}
