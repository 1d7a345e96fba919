// What `run.json` says of a run before its first step.
import type { SquarePreprocessing } from "@fleuron/model";
import type { Settled } from "@fleuron/model/options";
import type { DatasetName, DividedPhotos } from "@fleuron/photos";
import { describeMachine, describeVersions, type RunRecord } from "@fleuron/run-folder";
import type { ChosenNetwork, RunSettings, TrainingPlan } from "@fleuron/training";
import type { ChosenEngine } from "../engines/choose-engine.js";
import type { trainOptions } from "../options/train-options.js";

export interface NewRun {
  readonly options: Settled<typeof trainOptions>;
  readonly recipe: RunSettings;
  readonly network: ChosenNetwork;
  readonly plan: TrainingPlan;
  readonly preprocessing: SquarePreprocessing;
  readonly engine: ChosenEngine;
  readonly dataName: DatasetName;
  readonly photos: DividedPhotos;
  /** Accuracy of a linear model on drawn pictures. */
  readonly linearAccuracy: number | undefined;
  /** How many validation photos its first weights have learnt from. */
  readonly learntBefore: number | undefined;
}

export function newRecord(run: NewRun): RunRecord {
  const { options, recipe, network, plan, engine, linearAccuracy, learntBefore } = run;
  const { scan, dataset, split } = run.photos;
  const photos = [...split.train, ...split.val, ...split.test];
  return {
    formatVersion: 1,
    status: "running",
    created: new Date().toISOString(),
    finished: null,
    recipe: recipe.name,
    settings: { ...recipe },
    plan,
    ...(network.learnt && { source: network.learnt.source }),
    preprocessing: run.preprocessing,
    labels: dataset.labels,
    dataset: {
      name: run.dataName,
      path: scan.root,
      ...(linearAccuracy !== undefined && { linearAccuracy }),
      contentHash: dataset.contentHash,
      photos: dataset.photos.length,
      unreadable: dataset.unreadable.length,
      ...((options.maxImages ?? options.perClass) !== undefined && {
        unused: scan.photos.length - dataset.unreadable.length - photos.length,
      }),
      perClass: dataset.labels.map((label, index) => ({
        label,
        count: photos.filter((photo) => photo.label === index).length,
      })),
      trainCount: split.train.length,
      valCount: split.val.length,
      ...(split.test.length > 0 && { testCount: split.test.length }),
      ...(learntBefore !== undefined && { learntBefore }),
    },
    seeds: { seed: options.seed, splitSeed: options.splitSeed },
    engine: {
      engine: engine.name,
      precision: plan.precision,
      threads: options.threads ?? 0,
      versions: {},
      ...(options.deterministic && { deterministic: true }),
    },
    wish: { engine: engine.name, precision: plan.precision },
    lives: [],
    machine: describeMachine(),
    versions: describeVersions(),
    epochs: recipe.epochs,
    best: null,
    final: null,
  };
}
