// What computes here, and the next step for each engine that does not: looked at part by part, then tried.
import {
  ChildFailure,
  lookAtGpu,
  lookAtMachine,
  lookAtPrograms,
  runInChild,
  thisMachine,
} from "@fleuron/machine";
import type { ProgressEvent } from "@fleuron/model";
import { FleuronError, progress } from "@fleuron/model";
import type { Surroundings } from "@fleuron/training";
import { type Finding, findingsOf, firstBad, obstacleToAuto } from "@fleuron/training";
import { type ChosenEngine, chooseEngine } from "../engines/choose-engine.js";
import { type EngineTable, engineTable } from "../engines/engine-table.js";
import type { TableEngine } from "../engines/index.js";
import type { Trial, TrialOptions } from "./trial/trial.js";

export interface EngineDiagnosis {
  readonly name: string;
  readonly works: boolean;
  /** Its parts, until the first that is missing. */
  readonly findings: readonly Finding[];
  /**
   * A few steps of training at full width, in the compute precision that `auto` would take; absent where it does not work,
   * where `auto` passes it over, or was not to be tried.
   */
  readonly trial?: Trial;
}

export interface Diagnosis {
  readonly machine: readonly Finding[];
  /** In the order of the table. */
  readonly engines: readonly EngineDiagnosis[];
  /** What `--engine auto` takes. */
  readonly auto: ChosenEngine;
}

export interface DiagnoseOptions {
  /** Whether to train for a few steps on every engine that works and suits the machine. Default: true. It takes 3 GB and half a minute. */
  readonly measure?: boolean;
  readonly surroundings?: Surroundings;
  readonly signal?: AbortSignal | undefined;
}

/** As `train` asks with its default recipe. */
const AUTO = { engine: "auto", mixedPrecision: "auto", mayRound: true } as const;

/** Changes nothing. @throws `signal.reason`. */
export const diagnose = (options: DiagnoseOptions = {}): AsyncGenerator<ProgressEvent, Diagnosis> =>
  diagnoseEngines(engineTable, trialInChild, options);

type TryOut = (options: TrialOptions, signal: AbortSignal | undefined) => Promise<Trial>;

const trialInChild: TryOut = (options, signal) =>
  runInChild<Trial>(new URL("./trial/trial-worker.js", import.meta.url), options, { signal });

/** What {@link diagnose} does, with the engines of a table and with what tries them. */
export async function* diagnoseEngines(
  table: EngineTable,
  tryOut: TryOut,
  options: DiagnoseOptions,
): AsyncGenerator<ProgressEvent, Diagnosis> {
  const { engineNames } = table;
  const { measure = true, surroundings = thisMachine(), signal } = options;
  const machine = [
    ...(await lookAtMachine(surroundings)),
    ...(await lookAtGpu(surroundings)),
    ...(await lookAtPrograms(surroundings)),
  ];
  const engines: EngineDiagnosis[] = [];
  for (const [index, name] of engineNames.entries()) {
    signal?.throwIfAborted();
    yield progress("trying the engines", index, engineNames.length, "engines");
    const engine = await table.loadEngine(name);
    const findings = await findingsOf(engine, surroundings);
    const works = firstBad(findings) === undefined;
    // What auto passes over, such as a processor that plays a GPU, would take its time for every step.
    const suits = await engine.suits(surroundings, { precision: "float32", mayRound: AUTO.mayRound });
    engines.push(
      measure && suits !== undefined && obstacleToAuto(findings) === undefined
        ? await tryEngine(engine, findings, { surroundings, tryOut, signal })
        : { name, works, findings },
    );
  }
  yield progress("trying the engines", engineNames.length, engineNames.length, "engines");
  return { machine, engines, auto: await chooseEngine(AUTO, surroundings, table) };
}

interface TryOptions {
  readonly surroundings: Surroundings;
  readonly tryOut: TryOut;
  readonly signal: AbortSignal | undefined;
}

async function tryEngine(
  engine: TableEngine,
  findings: readonly Finding[],
  { surroundings, tryOut, signal }: TryOptions,
): Promise<EngineDiagnosis> {
  const { name } = engine;
  const rounds = await engine.gainsFromBfloat16?.(surroundings);
  try {
    const trial = await tryOut({ engine: name, precision: rounds ? "bfloat16" : "float32" }, signal);
    return { name, works: true, findings, trial };
  } catch (error) {
    signal?.throwIfAborted();
    const found = error instanceof Error ? error.message : String(error);
    const reason = error instanceof ChildFailure ? `it ended: ${found}` : found;
    const own = error instanceof FleuronError ? error.hint : undefined;
    const hint = own ?? engine.setUp;
    return {
      name,
      works: false,
      findings: [...findings, { what: "training step", ok: false, found: reason, hint }],
    };
  }
}
