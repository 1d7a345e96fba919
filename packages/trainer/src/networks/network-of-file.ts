import { basename } from "node:path";
import { networkOf, withHead } from "@fleuron/graph";
import { isSquare, type PreprocessingSpecification, type WarningEvent } from "@fleuron/model";
import { readClassifier, readSource } from "@fleuron/onnx-import/node";
import { parameterStateName, trainerError, tunedPlanOf } from "@fleuron/training";
import type { RecipeName } from "@fleuron/training/recipes";
import type { TrainOptions } from "../options/train-options.js";
import { type ChosenNetwork, NETWORK_ENDING } from "./chosen-network.js";

/** A body that learns from fewer photos of each class learns them by heart. */
const FEW_PHOTOS = 50;

/**
 * The network of an ONNX file, with a new head.
 * @throws FleuronError "network-head", "network-unsuitable"; those of `readClassifier`.
 */
export async function* networkOfFile(
  path: string,
  { head, trainable, preprocessing: levels, channels, imageSize, resize }: TrainOptions,
): AsyncGenerator<WarningEvent, ChosenNetwork> {
  const source = await readSource(path);
  const file = yield* readClassifier(source, {
    ...{ preprocessing: levels, channels, resize },
    imageSize: imageSize?.toString(),
  });
  const { preprocessing, weights } = file;
  if (!isSquare(preprocessing)) throw unsuitable(source.file, preprocessing);
  const network = { ...file.network, name: basename(source.file, NETWORK_ENDING) };
  const headed = (classes: number) => withHead(network, { classes, head });
  const { size, resize: fitting, scale, mean, std } = preprocessing;
  const ofLevels = ([red, green, blue]: typeof mean): [number, number, number] => {
    const unit = 255 * scale;
    return [red / unit, green / unit, blue / unit];
  };
  // A file without a head is refused before its photos are looked at.
  headed(2);
  return {
    imageSize: size,
    recipeFor: (photosPerClass): RecipeName => {
      if (trainable !== undefined) return trainable === "head" ? "head" : "fine-tune";
      return photosPerClass < FEW_PHOTOS ? "head" : "fine-tune";
    },
    suited: (recipe) => ({
      ...recipe,
      ...(trainable !== undefined && { trainable }),
      preprocessing: {
        fit: fitting.fit,
        filter: fitting.filter,
        resizeRatio: (fitting.resizeTo ?? size) / size,
        mean: ofLevels(mean),
        std: ofLevels(std),
      },
    }),
    preprocessing: () => preprocessing,
    plan(recipe, { classes, precision }) {
      const { network: tuned, parameters } = headed(classes);
      return tunedPlanOf(recipe, { network: tuned, head: parameters }, precision);
    },
    learnt: {
      source: { file: source.file, sha256: source.sha256 },
      weights: ({ network }) =>
        networkOf(network).parameters.flatMap((parameter) => {
          const data = weights.get(parameter.name);
          return data ? [{ name: parameterStateName(parameter), shape: parameter.shape, data }] : [];
        }),
    },
  };
}

function unsuitable(file: string, { size, resize }: PreprocessingSpecification) {
  const [height, width] = [size, size].flat();
  const isSquareInput = typeof size === "number" || height === width;
  return trainerError(
    "network-unsuitable",
    isSquareInput
      ? `Photos do not fill the input of ${file}: they are fitted by '${resize.fit}'.`
      : `The input of ${file} is ${height} × ${width} pixels; training takes squares.`,
    {
      subject: "network",
      hint: isSquareInput
        ? "Say with `resize` how a photo fills it: squash, or pixels of the shorter side."
        : undefined,
    },
  );
}
