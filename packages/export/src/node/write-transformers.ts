import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { newFolder, readFailure, systemCode } from "@fleuron/files";
import type { BundleFile, ProgressEvent } from "@fleuron/model";
import { checkOptions, type OptionsOf, withDefaults } from "@fleuron/model/options";
import { checkModel } from "../check-model.js";
import { exportError } from "../errors.js";
import { writeTransformersOptions } from "../options/index.js";
import type { TrainedModel } from "../trained-model.js";
import { transformersFiles } from "../transformers/encode-transformers.js";
import { flushFile, writeFile } from "./bundle/write-file.js";

export type WriteTransformersOptions = OptionsOf<typeof writeTransformersOptions> & {
  readonly model: TrainedModel;
  readonly signal?: AbortSignal | undefined;
};

export interface WrittenTransformers {
  /** Absolute. */
  readonly folder: string;
  readonly files: readonly Pick<BundleFile, "path" | "bytes">[];
}

/**
 * Writes a trained network as a folder that transformers.js takes for the model of an image classifier.
 * @throws FleuronError `option-…`, `model-invalid`, `weights-invalid`, `precision-unsupported`, `preprocessing-unsupported`,
 * `file-too-large`, `bundle-folder-taken`, `disk-full`, `file-unwritable`, `folder-unwritable`; the signal's reason.
 */
export async function* writeTransformers(
  options: WriteTransformersOptions,
): AsyncGenerator<ProgressEvent, WrittenTransformers> {
  const { model, signal, ...others } = options;
  checkOptions(writeTransformersOptions, others);
  const { precisions, folder: place } = withDefaults(writeTransformersOptions, others);
  checkModel(model);
  const folder = resolve(place);
  await requireFree(folder);
  const encoded = transformersFiles(model, precisions);
  const total = encoded.flatMap(({ parts }) => parts).reduce((sum, { length }) => sum + length, 0);
  const files: BundleFile[] = [];
  yield* newFolder(folder, async function* (staging) {
    let completed = 0;
    for (const file of encoded) {
      const onBytes = (bytes: number) => {
        completed += bytes;
      };
      files.push(await writeFile(staging, file, { onBytes, signal }));
      await flushFile(staging, file);
      yield { type: "progress", task: "writing", completed, total, unit: "bytes" } as const;
    }
  });
  return { folder, files: files.map(({ path, bytes }) => ({ path, bytes })) };
}

async function requireFree(folder: string): Promise<void> {
  const taken = await readdir(folder).then(
    () => "is there already",
    (cause: unknown) => {
      if (systemCode(cause) === "ENOENT") return undefined;
      if (systemCode(cause) === "ENOTDIR") return "is a file, not a folder";
      throw readFailure(folder, cause);
    },
  );
  if (taken === undefined) return;
  throw exportError("bundle-folder-taken", `${folder} ${taken}.`, {
    subject: folder,
    hint: "Choose another folder with `out`: this format writes a new one.",
  });
}
