// What all rounds of a search share.
import type { EngineOptions, TrainingEngine } from "@fleuron/training";
import type { CompressOptions } from "../options.js";
import type { SourcePhotos, SourceRun } from "./source-run.js";

export interface Search {
  readonly source: SourceRun;
  readonly photos: SourcePhotos;
  /** The network as it was trained. */
  readonly teacher: Pick<TrainingEngine, "predict">;
  /** Where the rounds' folders lie. */
  readonly folder: string;
  readonly wish: Pick<CompressOptions, "targetBytes" | "maxDrop">;
  readonly computing: Pick<EngineOptions, "threads" | "signal">;
}
