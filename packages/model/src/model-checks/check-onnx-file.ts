import { folderOf } from "../manifest/index.js";
import type { DescribedModel } from "./described-model.js";
import { modelCheckError } from "./errors.js";
import { type OnnxDescription, readOnnx } from "./read-onnx.js";

/**
 * Checks that an ONNX file takes values from no file but those that the manifest lists, whose hashes are known, and
 * that labels, preprocessing and temperature in its metadata, where it has them, are the manifest's.
 * @param bytes the first of the model's files.
 * @throws FleuronError `bundle-damaged`, `manifest-invalid`, `model-unusable`.
 */
export function checkOnnxFile(bytes: Uint8Array, { manifest, model, subject }: DescribedModel): void {
  const { metadata, externalFiles } = read(bytes, subject);
  const folder = folderOf(model.files[0]);
  const listed = new Set(model.files.map(({ path }) => path));
  for (const file of externalFiles) {
    if (listed.has(folder + file)) continue;
    throw modelCheckError(
      "bundle-damaged",
      subject,
      `takes values from ${JSON.stringify(file)}, which the bundle's manifest does not list`,
    );
  }
  const { labels, preprocessing, output } = manifest;
  for (const [key, value] of Object.entries({ labels, preprocessing, temperature: output.temperature })) {
    const own = metadata.get(key);
    if (own === undefined || own === JSON.stringify(value) || isSame(own, value)) continue;
    throw modelCheckError("manifest-invalid", subject, `was written for other ${key} than the manifest has`);
  }
}

function read(bytes: Uint8Array, subject: string): OnnxDescription {
  try {
    return readOnnx(bytes);
  } catch (cause) {
    throw modelCheckError("model-unusable", subject, "is not an ONNX file", cause);
  }
}

/** Whether a text is the JSON of a value, whatever the order of its entries. */
function isSame(text: string, value: unknown): boolean {
  try {
    return sorted(JSON.parse(text)) === sorted(value);
  } catch {
    return false;
  }
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, entry) =>
    Object(entry) === entry && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
