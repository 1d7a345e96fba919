import { thisMachine } from "@fleuron/machine";
import type { EngineModule } from "@fleuron/training";

/** What an engine lacks here, as the next step; undefined where it lacks nothing. */
export async function whyMissing(engine: EngineModule): Promise<string | undefined> {
  const missing = (await engine.probe(thisMachine())).find(({ ok }) => !ok);
  return missing && (missing.hint ?? `${missing.what}: ${missing.found}`);
}
