import type { BestEpoch } from "@fleuron/model";

/** A run as pages tell of it: what was trained, on what, how and where. `run.json` holds all of it. */
export interface ReportedRun {
  readonly status: string;
  /** ISO times. */
  readonly created: string;
  readonly finished: string | null;
  readonly recipe: string;
  /** The recipe's parts by their names, each with a `type`. */
  readonly settings: { readonly [name: string]: unknown };
  readonly network: {
    readonly name: string;
    readonly input: { readonly height: number; readonly width: number };
    /** How many numbers they hold. */
    readonly parameters: number;
    readonly trainable: number;
  };
  readonly plan: {
    readonly optimiser: { readonly type: string; readonly [option: string]: unknown };
    /** Photos a step. */
    readonly batchSize: number;
  };
  readonly labels: readonly string[];
  readonly dataset: {
    /** "procedural": drawn by a program. */
    readonly name?: "folder" | "flowers" | "procedural" | undefined;
    readonly path: string;
    /** Accuracy of a linear model on pixels; of drawn pictures only. */
    readonly linearAccuracy?: number | undefined;
    readonly contentHash: string;
    readonly unreadable: number;
    readonly perClass: readonly { readonly label: string; readonly count: number }[];
    readonly trainCount: number;
    readonly valCount: number;
    /** How many of the held-out photos the weights that the run began with have learnt from, where that is known. */
    readonly learntBefore?: number | undefined;
  };
  readonly seeds: { readonly seed: number; readonly splitSeed: number };
  /** The engine of the last life. */
  readonly engine: ReportedEngine;
  /** The first one first; after how many complete epochs, and steps of the next one, each began. */
  readonly lives: readonly {
    readonly epoch: number;
    readonly step: number;
    readonly engine: ReportedEngine;
  }[];
  /** Memory in bytes. */
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memory: number;
    readonly os: string;
  };
  readonly versions: { readonly fleuron: string; readonly node: string };
  /** As planned. */
  readonly epochs: number;
  readonly best: BestEpoch | null;
  /** Absent in a run that was trained as it is. */
  readonly compression?: ReportedCompression | undefined;
  /** Absent where no bundle was measured. */
  readonly bundle?: ReportedBundle | undefined;
}

export interface ReportedBundle {
  /** Completed when the weights of the bundle were written. */
  readonly epochs: number;
  /** Those that each file named. */
  readonly photos: number;
  /** Where that was. */
  readonly cpu: string;
  /** The largest first. */
  readonly files: readonly {
    readonly precision: string;
    readonly wireBytes: number;
    readonly accuracy: number;
    /** One photo on the processor. */
    readonly milliseconds: number;
    /** The most of a process that opens the file and names the photos one after the other. */
    readonly peakBytes: number;
  }[];
}

export interface ReportedCompression {
  /** The folder of the run that was compressed. */
  readonly run: string;
  /** In order; the first is the network as it was trained. */
  readonly steps: readonly CompressionFigures[];
}

export interface CompressionFigures {
  readonly step: string;
  readonly parameters: number;
  /** On the wire. */
  readonly bytes: number;
  readonly valAccuracy: number;
  readonly valLoss: number;
  /** One photo on the processor. */
  readonly milliseconds: number;
}

export interface ReportedEngine {
  readonly engine: string;
  readonly precision: string;
  readonly threads: number;
  readonly deterministic?: boolean | undefined;
  /** The processes that shared each batch; absent where it was one. */
  readonly ranks?: number | undefined;
  readonly versions: { readonly [library: string]: string };
}
