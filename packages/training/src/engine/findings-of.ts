import type { EngineModule } from "./engine-module.js";
import { type Finding, firstBad } from "./finding.js";
import type { Surroundings } from "./surroundings.js";

/** What an engine needs, its device last, until the first that is missing. */
export async function findingsOf(
  engine: EngineModule,
  surroundings: Surroundings,
): Promise<readonly Finding[]> {
  const findings = await engine.probe(surroundings);
  if (firstBad(findings) !== undefined || engine.findDevice === undefined) return findings;
  return [...findings, await engine.findDevice(surroundings)];
}
