/** Manifests that contradict themselves, in ways that a page does not look for: one that loads a model has no bytes to spare for them. */
import * as v from "valibot";
import { type Checked, checked } from "../checked/index.js";
import { MANIFEST_FILE, type Manifest, type manifestSchema } from "./manifest.js";
import { allFilesOf, inputType } from "./model-entry.js";

/** For `parseManifest`: says what should stand where something is wrong, and where two entries contradict each other. */
export const checkedManifest = (schema: typeof manifestSchema, value: unknown): Checked<Manifest> =>
  checked(
    v.pipe(
      schema,
      v.check(hasWholePadding, "a model of bytes has no 'padding' with fractions"),
      v.check(
        ({ models }) =>
          models.every((model) => allFilesOf(model).every(({ path }) => path !== MANIFEST_FILE)),
        "a file of 'models' has the manifest's path",
      ),
      v.check(
        ({ models }) =>
          models.every(({ files }) =>
            files.every(({ compressed = [] }) => isDistinct(compressed.map(({ coding }) => coding))),
          ),
        "a file in 'models' has two forms of one 'coding'",
      ),
      v.check(
        ({ models }) =>
          models.every(({ sample }) => isDistinct(sample?.predictions.map(({ label }) => label) ?? [])),
        "a 'sample' in 'models' has a label twice",
      ),
    ),
    value,
  );

const isDistinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

const hasWholePadding = ({ preprocessing: { resize }, models }: Manifest): boolean =>
  resize.fit !== "pad" ||
  resize.padding.every(Number.isInteger) ||
  models.every((model) => inputType(model) !== "uint8");
