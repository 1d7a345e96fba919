// The model's card, from the manifest alone.
import {
  count,
  counted,
  type ImportSource,
  inputSides,
  type Manifest,
  percent,
  type TrainingProvenance,
  weightsOf,
} from "@fleuron/model";
import { element } from "../dom.js";
import { date } from "../words.js";
import { type Fact, facts } from "./facts.js";
import { areMany } from "./many-labels.js";

const datasetNames: Readonly<Record<TrainingProvenance["dataset"]["name"], string>> = {
  folder: "a folder of photos",
  flowers: "flower photos (TensorFlow's flower_photos)",
  procedural: "pictures of flowers, drawn by a program",
};

const fits: Readonly<Record<Manifest["preprocessing"]["resize"]["fit"], string>> = {
  squash: "the whole photo squashed into them",
  cover: "the middle of the photo",
  pad: "the whole photo with a border",
};

export function modelCard(manifest: Manifest): HTMLElement {
  const { labels, preprocessing, output, training, source } = manifest;
  return facts([
    ["classes", areMany(labels) ? folded(labels) : labels.join(", ")],
    ...(training ? trainingFacts(training) : []),
    ["input", inputOf(preprocessing)],
    ...(output.temperature === 1 ? [] : [["temperature", String(output.temperature)] satisfies Fact]),
    ...(output.rejectBelow === undefined
      ? []
      : [["none of these", `below ${percent(output.rejectBelow)}`] satisfies Fact]),
    ...(training ? [["run", training.run] satisfies Fact] : []),
    ...(source ? sourceFacts(source) : []),
    ["weights", weightsOf(manifest).slice(0, 16)],
  ]);
}

const folded = (labels: readonly string[]): HTMLElement =>
  element("details", {}, element("summary", {}, count(labels.length)), element("div", {}, labels.join(", ")));

const trainingFacts = (training: TrainingProvenance): readonly Fact[] => [
  ["network", `${training.network.name}, ${counted(training.network.parameters, "parameter")}`],
  ["trained on", datasetNames[training.dataset.name]],
  [
    shownIn(training.dataset),
    `${count(training.dataset.trainCount)} for training, ${count(training.dataset.valCount)} for validation`,
  ],
  ["accuracy", accuracyOf(training)],
  ["recipe", `${training.recipe}, ${counted(training.epochs, "epoch")}, ${training.checkpoint} checkpoint`],
  ["trained", date(new Date(training.trained))],
];

const sourceFacts = ({ file, sha256 }: ImportSource): readonly Fact[] => [
  ["imported from", file],
  ["its SHA-256", sha256.slice(0, 16)],
];

function inputOf(preprocessing: Manifest["preprocessing"]): string {
  const { height, width } = inputSides(preprocessing);
  return `${width} × ${height} pixels, ${fits[preprocessing.resize.fit]}`;
}

const shownIn = ({ name }: TrainingProvenance["dataset"]): "pictures" | "photos" =>
  name === "procedural" ? "pictures" : "photos";

const accuracyOf = ({ dataset, valAccuracy }: TrainingProvenance): string =>
  valAccuracy === null ? "not measured" : `${percent(valAccuracy)} on the validation ${shownIn(dataset)}`;
