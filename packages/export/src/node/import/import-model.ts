// An ONNX file as a model that can be exported: its network, labels and preprocessing.
import { networkOf } from "@fleuron/graph";
import {
  chosenPreprocessing,
  inputSides,
  type PreprocessingChoice,
  type PreprocessingSpecification,
  type WarningEvent,
  warning,
} from "@fleuron/model";
import { classifierOf } from "@fleuron/onnx-import";
import { exportError } from "../../errors.js";
import type { TrainedModel } from "../../trained-model.js";
import { preprocessingBeside, preprocessingOfMetadata } from "./found-preprocessing.js";
import { importSource } from "./import-source.js";
import { importedLabels } from "./imported-labels.js";
import type { SourceFile } from "./read-source.js";

/** Numbers for inputs that are no image, by their names. */
export type BoundInputs = Readonly<Record<string, number | readonly number[]>>;

export interface ImportChoice extends PreprocessingChoice {
  /** The path of a file of labels: a line each, a JSON list, or a `config.json` with `id2label`. */
  readonly labels?: string | undefined;
  readonly inputs?: BoundInputs | undefined;
}

export async function* importModel(
  source: SourceFile,
  { labels, inputs = {}, ...choice }: ImportChoice,
): AsyncGenerator<WarningEvent, TrainedModel> {
  const beside = isWhole(choice) ? undefined : await preprocessingBeside(source.path);
  const chosen =
    choice.imageSize === undefined ? undefined : chosenPreprocessing({ preprocessing: "0..1", ...choice });
  const sides = chosen ?? beside?.preprocessing;
  const imported = importSource(source, {
    imageSize: sides && sidesOf(sides),
    inputs,
  });
  const description = classifierOf(imported);
  const { classes, input } = networkOf(description);
  if (input.channels !== 3) {
    throw exportError(
      "model-invalid",
      `${source.file} takes images of ${input.channels} channels; photos have three.`,
      { subject: source.file },
    );
  }
  const { metadata } = imported;
  return {
    network: description,
    labels: yield* importedLabels({ file: source.file, classes, metadata, labels }),
    preprocessing: yield* preprocessingOf(
      choice,
      beside ?? preprocessingOfMetadata(metadata),
      `${input.height}x${input.width}`,
    ),
    temperature: 1,
    weights: imported.values,
  };
}

/** Whether nothing has to be looked for. */
const isWhole = ({ preprocessing, imageSize, resize }: PreprocessingChoice): boolean =>
  [preprocessing, imageSize, resize].every((word) => word !== undefined);

const sidesOf = (specification: PreprocessingSpecification): readonly [number, number] => {
  const { height, width } = inputSides(specification);
  return [height, width];
};

function* preprocessingOf(
  choice: PreprocessingChoice,
  found: ReturnType<typeof preprocessingOfMetadata>,
  imageSize: string,
): Generator<WarningEvent, PreprocessingSpecification> {
  for (const message of found?.warnings ?? []) yield warning("preprocessing-differs", message);
  if (found !== undefined) return chosenPreprocessing(choice, found.preprocessing);
  if (choice.preprocessing === undefined) {
    const guess = "Photos become inputs as is usual for ImageNet: the file does not say how.";
    yield warning("preprocessing-guessed", `${guess} Say it with \`preprocessing\` and \`channels\`.`);
  }
  return chosenPreprocessing({ preprocessing: "imagenet", imageSize, ...choice });
}
