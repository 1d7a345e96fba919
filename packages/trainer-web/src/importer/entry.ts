// What reads ONNX files, in a file of its own: only trainings that begin with a network load it.
import { FleuronError, type FleuronErrorData, type WarningEvent } from "@fleuron/model";
import {
  type ClassifierChoice,
  type ClassifierFile,
  classifierFile,
  type OnnxFile,
} from "@fleuron/onnx-import";

/** What crosses to a script that has classes of its own. */
export type ReadNetwork =
  | { readonly file: ClassifierFile; readonly warnings: readonly WarningEvent[] }
  | { readonly error: FleuronErrorData };

export function readNetwork(file: OnnxFile, choice: ClassifierChoice): ReadNetwork {
  const warnings: WarningEvent[] = [];
  try {
    const reading = classifierFile(file, choice);
    for (;;) {
      const { done, value } = reading.next();
      if (done) return { file: value, warnings };
      warnings.push(value);
    }
  } catch (error) {
    if (error instanceof FleuronError) return { error: error.toJSON() };
    throw error;
  }
}
