// `run.json` of a run that a page has trained: what Node's has, as far as a page knows it.
import type { SquarePreprocessing } from "@fleuron/model";
import type { RunRecord } from "@fleuron/run-folder/format";
import type { EngineDescription, RunSettings, TrainingPlan } from "@fleuron/training";
import { datasetText } from "@fleuron/training/data";
import type { StoredPhoto } from "./photos/photo-store.js";
import { sha256 } from "./sha256.js";

/** Written in by `scripts/build-browser-files.mjs`. */
declare const FLEURON_VERSION: string;

const GIGABYTE = 2 ** 30;

export interface NewRun {
  readonly recipe: string;
  readonly settings: RunSettings;
  readonly plan: TrainingPlan;
  /** The file that the network was read from. */
  readonly source: RunRecord["source"];
  readonly preprocessing: SquarePreprocessing;
  readonly labels: readonly string[];
  readonly photos: readonly StoredPhoto[];
  /** How many were left out. */
  readonly unreadable: number;
  readonly seeds: RunRecord["seeds"];
  readonly engine: EngineDescription;
}

export async function newRecord(run: NewRun): Promise<RunRecord> {
  const { settings, photos, labels, engine, plan } = run;
  const hash = await sha256(new TextEncoder().encode(datasetText(photos, labels)));
  const now = new Date().toISOString();
  const validating = photos.filter(({ validates }) => validates).length;
  return {
    formatVersion: 1,
    status: "running",
    created: now,
    finished: null,
    recipe: run.recipe,
    settings: { ...settings },
    plan,
    ...(run.source && { source: run.source }),
    preprocessing: run.preprocessing,
    labels,
    dataset: {
      name: "folder",
      path: "",
      contentHash: hash,
      photos: photos.length,
      unreadable: run.unreadable,
      perClass: labels.map((label, index) => ({
        label,
        count: photos.filter((photo) => photo.label === index).length,
      })),
      trainCount: photos.length - validating,
      valCount: validating,
    },
    seeds: run.seeds,
    engine,
    wish: { engine: engine.engine, precision: plan.precision },
    lives: [{ began: now, epoch: 0, step: 0, engine }],
    machine: {
      cpu: "unknown",
      cores: navigator.hardwareConcurrency,
      memory: ((navigator as { deviceMemory?: number }).deviceMemory ?? 0) * GIGABYTE,
      os: navigator.userAgent,
    },
    versions: { fleuron: FLEURON_VERSION, node: "none: a browser" },
    epochs: settings.epochs,
    best: null,
    final: null,
  };
}
