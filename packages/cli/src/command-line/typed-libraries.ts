// Where the texts of libraries become those of a command line: as they leave them, and nowhere later. (Errors, which come
// from anywhere, do in errors.ts.)
import type { RunEvent } from "@fleuron/trainer";
import type { Compressor, Context, Exporter, TrainedRuns, Trainer } from "../context.js";
import { allAsTyped, asTyped } from "./as-typed.js";

/** The context whose libraries say what the reader types. */
export const withTypedLibraries = (context: Context): Context => ({
  ...context,
  loadTrainer: async () => typedLibrary(await context.loadTrainer()),
  loadTrainedRuns: async () => typedLibrary(await context.loadTrainedRuns()),
  loadCompressor: async () => typedLibrary(await context.loadCompressor()),
  loadExporter: async () => typedLibrary(await context.loadExporter()),
});

/** Functions whose results are texts of the library; others' hold what people have named. */
const spoken: ReadonlySet<string> = new Set<keyof Trainer>(["diagnose", "gpuEngineOffer"]);

const typedLibrary = <Library extends Trainer | TrainedRuns | Exporter | Compressor>(
  library: Library,
): Library =>
  Object.fromEntries(
    Object.entries(library).map(([name, value]) => [
      name,
      typeof value === "function"
        ? typedFunction(value, spoken.has(name) ? allAsTyped : (result) => result)
        : value,
    ]),
  ) as Library;

type Typed = (result: unknown) => unknown;

const typedFunction =
  (call: (...given: unknown[]) => unknown, typed: Typed) =>
  (...given: unknown[]): unknown => {
    const result = call(...given);
    if (result instanceof Promise) return result.then(typed);
    return isWork(result) ? typedWork(result, typed) : typed(result);
  };

const isWork = (result: unknown): result is AsyncGenerator<RunEvent> =>
  typeof result === "object" && result !== null && Symbol.asyncIterator in result;

async function* typedWork(work: AsyncGenerator<RunEvent>, typed: Typed): AsyncGenerator<RunEvent, unknown> {
  let next: IteratorResult<RunEvent, unknown> | undefined;
  try {
    for (;;) {
      next = await work.next();
      if (next.done) return typed(next.value);
      yield typedEvent(next.value);
    }
  } finally {
    if (!next?.done) await work.return(undefined);
  }
}

/** The event with its sentence typed: a warning's, or why a run has its engine. */
function typedEvent(event: RunEvent): RunEvent {
  if (event.type === "warning") return { ...event, message: asTyped(event.message) };
  return event.type === "run" ? { ...event, engineReason: asTyped(event.engineReason) } : event;
}
