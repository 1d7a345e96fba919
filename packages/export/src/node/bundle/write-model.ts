import type { BundleFile, BundleModel, BundlePrecision } from "@fleuron/model";
import type { FileLayout } from "../../format.js";
import type { ModelChoice } from "../../select-models.js";
import type { TrainedModel } from "../../trained-model.js";
import { writeCompressed } from "./write-compressed.js";
import { writeFile } from "./write-file.js";

/** Whether servers find compressed forms: those of hundreds of megabytes would take minutes to make. */
const isPrecompressed = (precision: BundlePrecision): boolean => precision === "compact";

/** Bytes of a model's files. */
export interface ModelBytes {
  readonly completed: number;
  readonly total: number;
}

export interface WriteModelOptions extends FileLayout {
  readonly report: (bytes: ModelBytes) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Encodes a model and writes its files into a folder that has none of them.
 * @throws FleuronError of the format; `disk-full`, `file-unwritable`; the signal's reason.
 */
export async function writeModel(
  folder: string,
  model: TrainedModel,
  { format, precision }: ModelChoice,
  { report, signal, ...layout }: WriteModelOptions,
): Promise<BundleModel> {
  const { input, output, files } = await format.encode(model, precision, layout);
  const total = files.flatMap(({ parts }) => parts).reduce((sum, { length }) => sum + length, 0);
  let completed = 0;
  const onBytes = (bytes: number) => {
    completed += bytes;
    report({ completed, total });
  };
  const written: BundleFile[] = [];
  for (const file of files) {
    const plain = await writeFile(folder, file, { onBytes, signal });
    const compressed = isPrecompressed(precision) ? await writeCompressed(folder, file, { signal }) : [];
    written.push({ ...plain, ...(compressed.length > 0 && { compressed }) });
  }
  const { compactValAccuracy } = model;
  const isMeasured = precision === "compact" && compactValAccuracy !== undefined;
  return {
    ...{ format: format.name, precision, input, output, files: written },
    ...(isMeasured && { valAccuracy: compactValAccuracy }),
  };
}
