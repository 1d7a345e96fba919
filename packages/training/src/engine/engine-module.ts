import type { Precision, TrainingPlan } from "../plan.js";
import type { EngineOptions, TrainingEngine } from "./engine.js";
import type { Finding } from "./finding.js";
import type { Surroundings } from "./surroundings.js";

/** An engine of the table. */
export interface EngineModule {
  readonly name: string;
  /** What its products can be computed in. */
  readonly precisions: readonly Precision[];
  /** What sets it up, in a few words. */
  readonly setUp: string;
  /**
   * Given for one that computes in a process of its own, since its library writes to standard error by itself and gives
   * memory back only with the process. Absent: it computes in a thread.
   */
  readonly ownProcess?: {
    /** The variable of the environment by which somebody asks to see what the library writes. */
    readonly logVariable: string;
  };
  /** What it needs, part by part, until the first that is missing; it works when none is. Nothing is loaded. */
  probe(surroundings: Surroundings): Promise<readonly Finding[]>;
  /** Whether it computes faster in bfloat16 than in float32 here; absent: it does not. */
  gainsFromBfloat16?(surroundings: Surroundings): Promise<boolean>;
  /** Whether one that lacks nothing finds its device; it may be loaded for that, in a child. Absent: it needs none. */
  findDevice?(surroundings: Surroundings): Promise<Finding>;
  /** What is to be told before it is created, if anything: why the first step will take long. */
  notice?(surroundings: Surroundings): Promise<string | undefined>;
  /** @throws FleuronError "engine-unavailable" where it does not work, with what is missing. */
  create(plan: TrainingPlan, options?: EngineOptions): Promise<TrainingEngine>;
}
