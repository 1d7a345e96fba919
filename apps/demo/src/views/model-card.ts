// The model's card, from the manifest alone.
import { count, counted, type Manifest, percent, type TrainingProvenance } from "@fleuron/model";
import { date } from "../words.js";
import { type Fact, facts } from "./facts.js";

const datasetNames: Readonly<Record<TrainingProvenance["dataset"]["name"], string>> = {
  folder: "a folder of photos",
  flowers: "flower photos (TensorFlow's flower_photos)",
  procedural: "pictures of flowers, drawn by a program",
};

const fits: Readonly<Record<Manifest["preprocessing"]["resize"]["fit"], string>> = {
  squash: "the whole photo squashed into them",
  cover: "the middle of the photo",
};

export const modelCard = ({ labels, preprocessing, output, training }: Manifest): HTMLElement =>
  facts([
    ["classes", labels.join(", ")],
    ["network", `${training.network.name}, ${counted(training.network.parameters, "parameter")}`],
    ["trained on", datasetNames[training.dataset.name]],
    [
      shownIn(training.dataset),
      `${count(training.dataset.trainCount)} for training, ${count(training.dataset.valCount)} for validation`,
    ],
    ["accuracy", accuracyOf(training)],
    ["recipe", `${training.recipe}, ${counted(training.epochs, "epoch")}, ${training.checkpoint} checkpoint`],
    ["trained", date(new Date(training.trained))],
    ["input", `${preprocessing.size} × ${preprocessing.size} pixels, ${fits[preprocessing.resize.fit]}`],
    ...(output.temperature === 1 ? [] : [["temperature", String(output.temperature)] satisfies Fact]),
    ["run", training.run],
    ["weights", training.weights.slice(0, 16)],
  ]);

const shownIn = ({ name }: TrainingProvenance["dataset"]): "pictures" | "photos" =>
  name === "procedural" ? "pictures" : "photos";

const accuracyOf = ({ dataset, valAccuracy }: TrainingProvenance): string =>
  valAccuracy === null ? "not measured" : `${percent(valAccuracy)} on the validation ${shownIn(dataset)}`;
