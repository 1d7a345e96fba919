import type { Precision, TrainingPlan } from "../plan.js";
import type { EngineOptions, TrainingEngine } from "./engine.js";
import type { Finding } from "./finding.js";
import type { Surroundings } from "./surroundings.js";

/** How well an engine suits a machine beside others: `auto` takes the highest rank of those that work. */
export interface Suitability {
  /** 10 for onnxruntime on the processor; docs/engines.md has the figures that the ranks rest on. */
  readonly rank: number;
  /** Why it is taken, in a few words: "the fastest in float32". */
  readonly reason: string;
}

/** What is computed, for an engine to say how well it suits. */
export interface WantedPrecision {
  /** What this engine would multiply in. */
  readonly precision: Precision;
  /** Whether the recipe may be multiplied in bfloat16, by this engine or another. */
  readonly mayRound: boolean;
}

/** An engine that is not installed and would compute on the GPU of this machine. */
export interface GpuEngineOffer {
  readonly engine: string;
  /** What installs it; where a compiler or npm is missing, after what installs that. */
  readonly command: string;
  /** Whether it can be installed at once: nothing that installing needs is missing. */
  readonly atOnce: boolean;
  /** The GPU, in words. */
  readonly gpu: string;
  /** What installing it fetches. */
  readonly bytes: number;
}

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
  /** Whether it computes in memory that is not the machine's, as a GPU has. Absent: it does not. */
  readonly ownMemory?: true;
  /** Whether it heeds `reduceGradients`, so that ranks can share a batch. Absent: it does not. */
  readonly reducesGradients?: true;
  /**
   * How well it suits a machine, whether it is installed or not; `undefined` where `auto` is to pass it over without a
   * word, since no installation would help.
   */
  suits(surroundings: Surroundings, wanted: WantedPrecision): Promise<Suitability | undefined>;
  /** What it needs, part by part, until the first that is missing; it works when none is. Nothing is loaded. */
  probe(surroundings: Surroundings): Promise<readonly Finding[]>;
  /** Whether it computes faster in bfloat16 than in float32 here; absent: it does not. */
  gainsFromBfloat16?(surroundings: Surroundings): Promise<boolean>;
  /** Whether one that lacks nothing finds its device; it may be loaded for that, in a child. Absent: it needs none. */
  findDevice?(surroundings: Surroundings): Promise<Finding>;
  /** What installing it takes, where a GPU lies idle without it. Absent: nothing is to be installed for a GPU. */
  offer?(surroundings: Surroundings): Promise<GpuEngineOffer | undefined>;
  /** A notice for its user before it is created, if there is one: why the first step will take long. */
  notice?(surroundings: Surroundings): Promise<string | undefined>;
  /** @throws FleuronError "engine-unavailable" where it does not work, with what is missing. */
  create(plan: TrainingPlan, options?: EngineOptions): Promise<TrainingEngine>;
}
