import { engineNames, loadEngine, type TableEngine } from "./index.js";

/** The engines to choose from. */
export interface EngineTable {
  readonly engineNames: readonly string[];
  /** @throws FleuronError "engine-unknown". */
  loadEngine(name: string): Promise<TableEngine>;
}

export const engineTable: EngineTable = { engineNames, loadEngine };
