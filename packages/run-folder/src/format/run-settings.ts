// The part of `run.json` that a run continues by: checked when it is asked for, since few commands read it.
import { checked } from "@fleuron/model";
import { type RunSettings, runSettingsSchema } from "@fleuron/training";
import { runFolderError } from "./errors.js";
import { RUN_FILES } from "./run-files.js";
import type { RunRecord } from "./run-record.js";

/**
 * The recipe as a run follows it, and what else the run was given.
 * @throws FleuronError `run-record-invalid` that names the setting.
 */
export function runSettingsOf(record: Pick<RunRecord, "settings">): RunSettings {
  const settings = checked(runSettingsSchema, record.settings, "settings");
  if ("value" in settings) return settings.value;
  throw runFolderError("run-record-invalid", `${RUN_FILES.record} is damaged: ${settings.problem}.`, {
    subject: RUN_FILES.record,
    hint: "Restore the file from a copy, or choose another run.",
  });
}
