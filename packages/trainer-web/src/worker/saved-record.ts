import { decodeRunRecord, RUN_FILES, type RunRecord } from "@fleuron/run-folder/format";
import { damaged } from "../storage/checkpoints.js";
import type { RunStorage } from "../storage/run-storage.js";

/** @throws FleuronError "run-damaged", "run-record-invalid", "run-record-newer". */
export async function savedRecord(storage: RunStorage): Promise<RunRecord> {
  const file = await storage.read(RUN_FILES.record);
  if (file === undefined) throw damaged(`${RUN_FILES.record} is gone`);
  return decodeRunRecord(await file.text(), RUN_FILES.record);
}
