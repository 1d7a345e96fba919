import type { PreprocessingChoice, WarningEvent } from "@fleuron/model";
import { type ClassifierChoice, type ClassifierFile, classifierFile } from "../classifier-file.js";
import { preprocessingBeside } from "./found-preprocessing.js";
import type { SourceFile } from "./read-source.js";

/**
 * Reads a classifier of photos: {@link classifierFile} with what files beside it say.
 * @throws FleuronError those of `classifierFile`; `file-unreadable`.
 */
export async function* readClassifier(
  source: SourceFile,
  choice: ClassifierChoice,
): AsyncGenerator<WarningEvent, ClassifierFile> {
  const beside = isWhole(choice) ? undefined : await preprocessingBeside(source.path);
  return yield* classifierFile(source, choice, beside);
}

/** Whether nothing has to be looked for. */
const isWhole = ({ preprocessing, imageSize, resize }: PreprocessingChoice): boolean =>
  [preprocessing, imageSize, resize].every((word) => word !== undefined);
