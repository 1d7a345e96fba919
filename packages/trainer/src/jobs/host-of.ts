import { loadEngine } from "../engines/index.js";
import { inProcess } from "./in-process.js";
import { inThread } from "./in-thread.js";
import type { StartJob } from "./job-host.js";

/** Where an engine trains. */
export async function hostOf(engine: string): Promise<StartJob> {
  const { ownProcess } = await loadEngine(engine);
  return ownProcess ? inProcess(ownProcess.logVariable) : inThread;
}
