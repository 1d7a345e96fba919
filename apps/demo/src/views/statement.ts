// What the model is worth, in a sentence above everything else.
import type { TrainingProvenance } from "@fleuron/model";
import { element } from "../dom.js";
import { count, percent } from "../words.js";

export function showStatement(node: HTMLElement, { dataset, valAccuracy }: TrainingProvenance): void {
  const drawn = dataset.name === "procedural";
  node.classList.toggle("loud", drawn);
  const pictures = drawn ? "drawn pictures" : "photos";
  const held =
    valAccuracy === null
      ? ""
      : ` Of ${count(dataset.valCount)} ${pictures} that it never saw, it names ${percent(valAccuracy)} right.`;
  node.replaceChildren(
    ...(drawn
      ? [
          element("strong", {}, "This network has never seen a photo."),
          " It was trained on pictures that a program drew, and what it says about real photos means nothing.",
          held,
        ]
      : [`Trained on ${count(dataset.trainCount)} photos.${held}`]),
  );
}
