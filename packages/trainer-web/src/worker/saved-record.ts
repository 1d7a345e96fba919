import {
  decodeRunRecord,
  encodeRunRecord,
  type NetworkFile,
  RUN_FILES,
  type RunRecord,
} from "@fleuron/run-folder/format";
import { sha256 } from "../sha256.js";
import { damaged } from "../storage/checkpoints.js";
import { type RunStorage, replaceText } from "../storage/run-storage.js";

/** @throws FleuronError "run-damaged", "run-record-invalid", "run-record-newer", "run-network-invalid". */
export async function savedRecord(storage: RunStorage): Promise<RunRecord> {
  const file = await storage.read(RUN_FILES.record);
  if (file === undefined) throw damaged(`${RUN_FILES.record} is gone`);
  return decodeRunRecord(await file.text(), RUN_FILES.record, await savedNetwork(storage));
}

/** Saves a run's record, which names its network by the hash of what is saved of it, where that is a graph. */
export async function saveRecord(storage: RunStorage, record: RunRecord, network?: string): Promise<void> {
  await replaceText(storage, RUN_FILES.record, encodeRunRecord(record, RUN_FILES.record, network));
}

/** What is saved of a run's network; undefined for a list of layers. */
export async function savedNetwork(storage: RunStorage): Promise<NetworkFile | undefined> {
  const text = await (await storage.read(RUN_FILES.network))?.text();
  return text === undefined ? undefined : { text, sha256: await sha256(new TextEncoder().encode(text)) };
}
