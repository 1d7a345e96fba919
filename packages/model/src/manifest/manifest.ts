/** `fleuron.json` of a bundle: everything that one must know to feed a bundle's models. */
import * as v from "valibot";
import type { Checked } from "../checked/index.js";
import { inputSides, isSquare, preprocessingSchema } from "../preprocessing/index.js";
import { manifestError } from "./errors.js";
import { allFilesOf, inputType, modelSchema } from "./model-entry.js";
import { rejectBelowSchema, temperatureSchema } from "./output.js";
import { sourceSchema } from "./source.js";
import { trainingSchema } from "./training.js";

/** The newest that is read, and written where an entry needs it. */
const FORMAT_VERSION = 3;

/** The manifest's name in its bundle. */
export const MANIFEST_FILE = "fleuron.json";

const labelsSchema = v.pipe(
  v.array(v.pipe(v.string(), v.minLength(1))),
  v.minLength(2),
  v.check((labels) => new Set(labels).size === labels.length, "a label occurs twice"),
  v.readonly(),
);

const entriesSchema = v.strictObject({
  formatVersion: v.picklist([1, 2, FORMAT_VERSION]),
  /** In the order of the models' output. */
  labels: labelsSchema,
  preprocessing: preprocessingSchema,
  /** The models end in softmax(logits ÷ temperature). */
  output: v.strictObject({
    kind: v.literal("probabilities"),
    temperature: temperatureSchema,
    /** A photo whose greatest probability is less is none of the labels; absent: every photo is one of them. */
    rejectBelow: v.exactOptional(rejectBelowSchema),
  }),
  /** The same weights in several formats and storage precisions, each pair once. */
  models: v.pipe(
    v.array(modelSchema),
    v.minLength(1),
    v.check(
      (models) =>
        new Set(models.map(({ format, precision }) => `${format} ${precision}`)).size === models.length,
      "a format and precision occurs twice",
    ),
    v.check((models) => {
      const paths = models.flatMap((model) => allFilesOf(model).map(({ path }) => path));
      return new Set(paths).size === paths.length;
    }, "a file belongs to two models"),
    v.readonly(),
  ),
  /** Where the weights come from: one of both. */
  training: v.exactOptional(trainingSchema),
  source: v.exactOptional(sourceSchema),
});

export type Manifest = Readonly<v.InferOutput<typeof entriesSchema>>;

/** Entries that are right one by one, and agree with each other. */
export const manifestSchema = v.pipe(
  entriesSchema,
  v.check(
    ({ training, source }) => (training === undefined) !== (source === undefined),
    "it needs 'training' or 'source', and not both",
  ),
  v.check(({ preprocessing, models }) => {
    const { height, width } = inputSides(preprocessing);
    return models.every(({ input: { layout, shape } }) => {
      const sides = layout === "NCHW" ? [3, height, width] : [height, width, 3];
      return sides.every((side, index) => side === shape[index + 1]);
    });
  }, "an input's shape in 'models' is not that of 'preprocessing': 3 channels, 'size' rows and columns"),
  v.check(
    ({ labels, models }) =>
      models.every(({ sample }) => sample?.predictions.every(({ label }) => labels.includes(label)) ?? true),
    "a 'sample' in 'models' predicts what is none of 'labels'",
  ),
);

/** The version that a manifest of these entries has: as old as it can be, for older readers. */
export function formatVersionOf({
  preprocessing,
  source,
  output,
  models,
}: Pick<Manifest, "preprocessing" | "source" | "output" | "models">): Manifest["formatVersion"] {
  if (output.rejectBelow !== undefined || models.some(needsVersion3)) return FORMAT_VERSION;
  return isSquare(preprocessing) && preprocessing.channelOrder === "rgb" && source === undefined ? 1 : 2;
}

const needsVersion3 = (model: Manifest["models"][number]): boolean =>
  model.sample !== undefined ||
  model.valAccuracy !== undefined ||
  model.precision === "compact" ||
  model.files.some(({ compressed }) => compressed !== undefined) ||
  inputType(model) === "uint8";

/** SHA-256 of the weights: models of a bundle have the same ones. */
export const weightsOf = ({ training, source }: Pick<Manifest, "training" | "source">): string =>
  (training ?? source)!.weights;

type Check = (schema: typeof manifestSchema, value: unknown) => Checked<Manifest>;

/** Names what is wrong, without words about it: a page that loads a model has no bytes to spare for them. */
const plainly: Check = (schema, value) => {
  const result = v.safeParse(schema, value, { message: "invalid" });
  if (result.success) return { value: result.output };
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  return { problem: `${path === null ? "" : `'${path}': `}${issue.message}` };
};

/**
 * @param subject what error messages call the manifest: its path or address.
 * @param check `checkedManifest` says what should stand where something is wrong. Default: that it is wrong.
 * @throws FleuronError `manifest-newer`, `manifest-invalid`.
 */
export function parseManifest(text: string, subject: string, check = plainly): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw manifestError("manifest-invalid", subject, "it is not JSON", cause);
  }
  const { formatVersion } = Object(value) as { readonly formatVersion?: unknown };
  if (typeof formatVersion === "number" && formatVersion > FORMAT_VERSION) {
    throw manifestError(
      "manifest-newer",
      subject,
      `it has format ${formatVersion}, and this version of Fleuron reads up to ${FORMAT_VERSION}`,
    );
  }
  const manifest = check(manifestSchema, value);
  if ("value" in manifest) return manifest.value;
  throw manifestError("manifest-invalid", subject, manifest.problem);
}
