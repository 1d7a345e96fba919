// The part of `run.json` that a run goes on by: checked when it is asked for, since few commands read it.
import {
  augmentationSchema,
  loopOptions,
  mixingSchema,
  optionEntries,
  type RunSettings,
  scheduleSchema,
  testTimeAugmentations,
} from "@fleuron/training";
import * as v from "valibot";
import { runFolderError } from "./errors.js";
import { RUN_FILES } from "./run-files.js";
import type { RunRecord } from "./run-record.js";

const positiveCount = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const finite = v.pipe(v.number(), v.finite());
const rgb = v.tuple([finite, finite, finite]);

const initialiserSchema = v.variant("type", [
  v.object({ type: v.literal("glorotUniform") }),
  v.object({ type: v.literal("heNormal") }),
  v.object({ type: v.literal("normal"), standardDeviation: v.pipe(finite, v.minValue(0)) }),
  v.object({ type: v.literal("constant"), value: finite }),
]);

const settingsSchema = v.looseObject({
  batchSize: positiveCount,
  keepPartialBatch: v.boolean(),
  initialisation: v.looseObject({
    conv2dKernel: initialiserSchema,
    denseKernel: initialiserSchema,
    bias: initialiserSchema,
    overrides: v.optional(v.record(v.string(), initialiserSchema)),
  }),
  schedule: scheduleSchema,
  labelSmoothing: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  augmentation: augmentationSchema,
  mixing: v.nullable(mixingSchema),
  test: v.optional(v.picklist(testTimeAugmentations)),
  colours: v.optional(
    v.object({ mean: rgb, components: v.array(v.object({ variance: finite, direction: rgb })) }),
  ),
  ...optionEntries(loopOptions),
  timeBudget: v.optional(v.pipe(finite, v.gtValue(0))),
  initFrom: v.optional(v.string()),
});

/**
 * The recipe as a run follows it, and what else the run was told.
 * @throws FleuronError `run-record-invalid` that names the setting.
 */
export function runSettingsOf(record: Pick<RunRecord, "settings">): RunSettings {
  const parsed = v.safeParse(settingsSchema, record.settings);
  // What the schema leaves to itself is shown, and decides nothing.
  if (parsed.success) return record.settings as unknown as RunSettings;
  const [issue] = parsed.issues;
  throw runFolderError(
    "run-record-invalid",
    `${RUN_FILES.record} is damaged: 'settings.${v.getDotPath(issue)}': ${issue.message}.`,
    {
      subject: RUN_FILES.record,
      hint: "Restore the file from a copy, or choose another run with --run.",
    },
  );
}
