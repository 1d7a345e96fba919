// A saved run, from where it was.
import { counted, isEmulatedGpu, type WarningEvent, warning } from "@fleuron/model";
import { withDefaults } from "@fleuron/model/options";
import { livesOf, type RunRecord, wishOf } from "@fleuron/run-folder/format";
import type { EngineDescription } from "@fleuron/training";
import { trainerWebError } from "../errors.js";
import type { TrainedFiles, TrainingRequest } from "../messages.js";
import { engineNames, trainingOptions, type WebEngineName } from "../options.js";
import { openPhotos } from "../photos/photo-store.js";
import { findStorage } from "../storage/browser-storage.js";
import { readCheckpoint } from "../storage/checkpoints.js";
import { spillingStorage } from "../storage/spilling-storage.js";
import { live, type TrainContext } from "./live.js";
import { openEngine } from "./open-engine.js";
import { runParts } from "./run-parts.js";
import { savedRecord } from "./saved-record.js";
import { tellFull } from "./tell-full.js";
import { trainedFiles } from "./trained-files.js";

export async function resume(
  { run: name, epochs: wanted, wasmUrl }: Extract<TrainingRequest, { readonly kind: "resume" }>,
  context: TrainContext,
): Promise<TrainedFiles | undefined> {
  const storage = spillingStorage(await findStorage(name), tellFull(context.tell));
  const saved = await savedRecord(storage);
  const epochs = wanted ?? saved.epochs;
  if (epochs < saved.epochs) throw tooFew(epochs, saved.epochs);
  const progress = (await readCheckpoint(storage, "last", saved.plan))?.progress;
  if (saved.status === "completed" && epochs === saved.epochs && progress) {
    const { epoch, best } = progress;
    context.tell({ type: "end", reason: "completed", epoch, epochs, best });
    return trainedFiles(name, storage, saved, wasmUrl);
  }
  const photos = await openPhotos(storage);
  const { engine: last } = saved;
  const engine = await openEngine(saved.plan, {
    engines: enginesFor(saved),
    wasmUrl,
    ...(last.engine === "wasm" && { threads: last.threads }),
    parts: runParts(saved).parts,
  });
  const { description } = engine;
  const [before, now] = [last, description].map(inWords) as [string, string];
  if (before !== now) context.tell(engineChanged(before, now));
  const record: RunRecord = {
    ...saved,
    epochs,
    status: "running",
    engine: description,
    lives: [
      ...livesOf(saved),
      {
        began: new Date().toISOString(),
        epoch: progress?.epoch ?? 0,
        step: progress?.step ?? 0,
        engine: description,
      },
    ],
  };
  const { checkpointEvery } = withDefaults(trainingOptions, {});
  return live({ name, resumed: true, storage, record, photos, engine, wasmUrl, checkpointEvery }, context);
}

const tooFew = (epochs: number, planned: number) =>
  trainerWebError(
    "epochs-too-few",
    `The run was planned for ${planned} epochs; it cannot be cut to ${epochs}.`,
    {
      subject: "epochs",
      hint: "Give a larger number to lengthen it.",
    },
  );

/** What the run began on, and WASM where that is not to be had now: an emulated GPU only where it began on one. */
function enginesFor(record: RunRecord): readonly WebEngineName[] | undefined {
  const { engine } = wishOf(record);
  if (engine === "wasm") return ["wasm"];
  return isEmulatedGpu(livesOf(record)[0]!.engine.versions.adapter ?? "") ? engineNames : undefined;
}

const engineChanged = (before: string, now: string): WarningEvent =>
  warning(
    "engine-changed",
    `So far ${before} computed the run, and now ${now} does: sums round otherwise there.`,
  );

const inWords = ({ engine, threads }: EngineDescription): string =>
  engine === "wasm" ? `${engine} with ${counted(threads, "thread")}` : engine;
