import { folderOf } from "../manifest/index.js";
import type { DescribedModel } from "./described-model.js";
import { modelCheckError } from "./errors.js";
import { holdsNumbers } from "./holds-numbers.js";
import { externalPlace, type OnnxContents, readOnnx } from "./read-onnx.js";

/**
 * Checks an ONNX model before it is opened: it takes values from no file but those that the manifest lists, whose hashes
 * are known; its weights are finite numbers; labels, preprocessing and temperature in its metadata, where it has them, are
 * the manifest's.
 * @param files the contents of the model's files, in their order. Weights in files that are left out are not looked at: on
 * a CPU what is no number comes out as none, on a GPU it may not.
 * @throws FleuronError `bundle-damaged`, `manifest-invalid`, `model-unusable`.
 */
export function checkOnnx(files: readonly Uint8Array[], described: DescribedModel): void {
  const { manifest, model, subject } = described;
  const { metadata, tensors } = read(files[0]!, subject);
  const folder = folderOf(model.files[0]!);
  const contents = new Map(model.files.map(({ path }, index) => [path, files[index]]));
  for (const tensor of tensors) {
    const { type, bytes } = tensor;
    const values = [bytes];
    const place = externalPlace(tensor);
    if (place !== undefined) {
      const path = folder + place.location;
      if (!contents.has(path)) throw unlisted(subject, place.location);
      values.push(contents.get(path)?.subarray(place.start, place.end) ?? bytes);
    }
    if (!values.every((each) => holdsNumbers(type, each))) {
      throw modelCheckError("model-unusable", subject, "has weights that are not numbers");
    }
  }
  const { labels, preprocessing, output } = manifest;
  for (const [key, value] of Object.entries({ labels, preprocessing, temperature: output.temperature })) {
    const own = metadata.get(key);
    if (own === undefined || isJsonOf(own, value)) continue;
    throw modelCheckError(
      "manifest-invalid",
      subject,
      `disagrees with the bundle's manifest about the ${key}`,
    );
  }
}

function read(bytes: Uint8Array, subject: string): OnnxContents {
  try {
    return readOnnx(bytes);
  } catch (cause) {
    throw modelCheckError("model-unusable", subject, "is not an ONNX file", cause);
  }
}

const unlisted = (subject: string, location: string) =>
  modelCheckError(
    "bundle-damaged",
    subject,
    `takes values from ${JSON.stringify(location)}, which the bundle's manifest does not list`,
  );

/** Whatever the order of its entries. */
function isJsonOf(text: string, value: unknown): boolean {
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
