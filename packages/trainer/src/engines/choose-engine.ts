// Which engine computes, in which compute precision, and why.
import { thisMachine } from "@fleuron/machine";
import type {
  EngineModule,
  Finding,
  FindingCode,
  Precision,
  Suitability,
  Surroundings,
} from "@fleuron/training";
import { findingsOf, obstacleToAuto, requireWorking, trainerError } from "@fleuron/training";
import { type EngineTable, engineTable } from "./engine-table.js";
import type { MixedPrecision } from "./mixed-precision.js";

export interface EngineWish {
  /** A name of the table, or "auto". */
  readonly engine: string;
  readonly mixedPrecision: MixedPrecision;
  /** Whether the recipe may be computed in bfloat16. */
  readonly mayRound: boolean;
  /** Whether ranks are to share each batch. Default: false. */
  readonly shared?: boolean;
}

export interface ChosenEngine {
  readonly name: string;
  readonly precision: Precision;
  /** In a few words, with what would be faster here. */
  readonly reason: string;
}

/**
 * The engine that is asked for, or the one that `auto` takes: of those that suit the machine, in the precision that the
 * wish allows, the one of the highest rank that works.
 *
 * @throws FleuronError "engine-unknown"; "engine-unavailable" for an engine that does not work here, with what is
 * missing, and for a precision that it does not have.
 */
export async function chooseEngine(
  wish: EngineWish,
  surroundings = thisMachine(),
  table = engineTable,
): Promise<ChosenEngine> {
  if (wish.engine === "auto") return chooseAutomatically(wish, surroundings, table);
  const engine = await table.loadEngine(wish.engine);
  if (wish.shared && !engine.reducesGradients) {
    throw trainerError("engine-unavailable", `The engine ${engine.name} cannot share a batch among ranks.`, {
      subject: "engine",
      hint: `Use \`engine\` ${(await namesOfThose(({ reducesGradients }) => reducesGradients === true, table)).join(" or ")}, or train in one process.`,
    });
  }
  requireWorking(engine.name, await findingsOf(engine, surroundings));
  const precision = await precisionOf(wish, engine, surroundings);
  if (engine.precisions.includes(precision)) return { name: engine.name, precision, reason: "asked for" };
  throw trainerError("engine-unavailable", `The engine ${engine.name} does not compute in ${precision}.`, {
    subject: "mixedPrecision",
    hint: `Use \`engine\` ${(await namesOfThose(({ precisions }) => precisions.includes(precision), table)).join(" or ")}, or leave \`mixedPrecision\` out.`,
  });
}

async function namesOfThose(
  can: (engine: EngineModule) => boolean,
  table: EngineTable,
): Promise<readonly string[]> {
  const engines = await Promise.all(table.engineNames.map((name) => table.loadEngine(name)));
  return engines.filter(can).map(({ name }) => name);
}

async function precisionOf(
  { mixedPrecision, mayRound }: EngineWish,
  engine: EngineModule,
  surroundings: Surroundings,
): Promise<Precision> {
  if (mixedPrecision !== "auto") return mixedPrecision === "none" ? "float32" : mixedPrecision;
  return mayRound && (await engine.gainsFromBfloat16?.(surroundings)) ? "bfloat16" : "float32";
}

/** An engine that suits the machine and the wish, as it would be chosen. */
interface Candidate {
  readonly engine: EngineModule;
  readonly precision: Precision;
  readonly suitability: Suitability;
}

/** The highest rank first. */
async function candidatesFor(
  wish: EngineWish,
  surroundings: Surroundings,
  table: EngineTable,
): Promise<readonly Candidate[]> {
  const mayRound = wish.mixedPrecision === "auto" ? wish.mayRound : wish.mixedPrecision === "bfloat16";
  const candidates = await Promise.all(
    table.engineNames.map(async (name): Promise<readonly Candidate[]> => {
      const engine = await table.loadEngine(name);
      const precision = await precisionOf(wish, engine, surroundings);
      if (!engine.precisions.includes(precision) || (wish.shared && !engine.reducesGradients)) return [];
      const suitability = await engine.suits(surroundings, { precision, mayRound });
      return suitability === undefined ? [] : [{ engine, precision, suitability }];
    }),
  );
  return candidates.flat().sort((a, b) => b.suitability.rank - a.suitability.rank);
}

/** @throws FleuronError "engine-unavailable" with what the last candidate lacks, when none works. */
async function chooseAutomatically(
  wish: EngineWish,
  surroundings: Surroundings,
  table: EngineTable,
): Promise<ChosenEngine> {
  let faster = "";
  let findings: readonly Finding[] = [];
  const candidates = await candidatesFor(wish, surroundings, table);
  for (const { engine, precision, suitability } of candidates) {
    findings = await findingsOf(engine, surroundings);
    const missing = obstacleToAuto(findings);
    if (missing === undefined)
      return { name: engine.name, precision, reason: `${suitability.reason}${faster}` };
    faster ||= withoutIt(engine, missing);
  }
  requireWorking(candidates.at(-1)?.engine.name ?? wish.engine, findings);
  throw trainerError("engine-unavailable", `No engine computes in ${wish.mixedPrecision} here.`, {
    subject: "mixedPrecision",
  });
}

const WHY: { readonly [code in FindingCode]?: string } = {
  "no-usable-gpu": "finds no GPU that it can use",
  unmeasured: "was measured with another GPU or driver",
};

/** What is said beside the reason of the engine that is taken in place of a faster one. */
function withoutIt({ name, setUp }: EngineModule, { code, hint = setUp }: Finding): string {
  if (code === "unsupported") return "";
  const why = code === undefined ? undefined : WHY[code];
  return `; ${name} ${why ?? "would be faster here"}: ${hint.replace(/\.$/, "")}`;
}
